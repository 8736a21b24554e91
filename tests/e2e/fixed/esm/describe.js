export const describe = () => 'settings';
