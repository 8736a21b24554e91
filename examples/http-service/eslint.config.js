import parser from '@typescript-eslint/parser';
import offload from 'eslint-plugin-offload';
import { defineConfig } from 'eslint/config';

export default defineConfig([
  { ignores: ['dist/'] },
  {
    files: ['src/**/*.ts'],
    languageOptions: { parser },
    extends: [offload.configs.recommended],
  },
]);
