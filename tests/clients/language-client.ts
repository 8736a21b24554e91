import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageStream } from './message-stream.js';
import type { Project } from './project.js';

export interface Diagnostic {
  readonly range: Range;
  readonly code?: string | number;
  readonly message: string;
  readonly codeDescription?: { readonly href: string };
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

export interface CodeAction {
  readonly title: string;
  readonly kind?: string;
  readonly edit?: WorkspaceEdit;
  readonly command?: { readonly command: string; readonly arguments?: unknown[] };
}

interface WorkspaceEdit {
  readonly changes?: Readonly<Record<string, TextEdit[]>>;
  readonly documentChanges?: readonly { readonly textDocument: { readonly uri: string }; readonly edits: TextEdit[] }[];
}

interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A server's file, its arguments, and what it is told of the user's settings. */
export interface Server {
  readonly file: string;
  readonly args: readonly string[];
  readonly settings: (folder: { readonly uri: string; readonly name: string }) => unknown;
  readonly initializationOptions?: (rootUri: string) => unknown;
}

/** An editor without a window: it opens files of a project in a language server, and does with the answers what editors do. */
export class LanguageClient {
  readonly #project: Project;
  readonly #child: ChildProcess;
  readonly #messages: MessageStream;
  readonly #texts = new Map<string, { version: number; text: string }>();
  readonly #published = new Map<string, (diagnostics: Diagnostic[]) => void>();
  #pulls = false;

  private constructor(project: Project, server: Server) {
    this.#project = project;
    this.#child = spawn(process.execPath, [server.file, ...server.args], { cwd: project.folder, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#messages = new MessageStream(this.#child.stdout!, this.#child.stdin!, (method, params) => this.#answer(method, params, server));
  }

  static async start(project: Project, server: Server): Promise<LanguageClient> {
    const client = new LanguageClient(project, server);
    const rootUri = pathToFileURL(project.folder).href;
    const { capabilities } = (await client.#messages.request('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: basename(project.folder) }],
      initializationOptions: server.initializationOptions?.(rootUri),
      capabilities: clientCapabilities,
    })) as { capabilities: { diagnosticProvider?: unknown } };
    client.#pulls = capabilities.diagnosticProvider !== undefined;
    client.#messages.notify('initialized', {});
    client.#messages.notify('workspace/didChangeConfiguration', { settings: {} });
    return client;
  }

  /** Opens a file as it is on disk, and gives what is reported in it. */
  async open(file: string): Promise<Diagnostic[]> {
    const text = this.#project.read(file);
    this.#texts.set(file, { version: 1, text });
    const published = this.#nextPublished(file);
    this.#messages.notify('textDocument/didOpen', { textDocument: { uri: this.#uri(file), languageId: file.endsWith('ts') ? 'typescript' : 'javascript', version: 1, text } });
    return this.#pulls ? await this.diagnostics(file) : await published;
  }

  /** Types another text, which is not saved, and gives what is reported then. */
  async type(file: string, text: string): Promise<Diagnostic[]> {
    const version = this.#texts.get(file)!.version + 1;
    this.#texts.set(file, { version, text });
    const published = this.#nextPublished(file);
    this.#messages.notify('textDocument/didChange', { textDocument: { uri: this.#uri(file), version }, contentChanges: [{ text }] });
    return this.#pulls ? await this.diagnostics(file) : await published;
  }

  save(file: string): void {
    this.#project.write(file, this.text(file));
    this.#messages.notify('textDocument/didSave', { textDocument: { uri: this.#uri(file) } });
  }

  /** Asks a server that is asked, and does not tell by itself. */
  async diagnostics(file: string): Promise<Diagnostic[]> {
    const { items } = (await this.#messages.request('textDocument/diagnostic', { textDocument: { uri: this.#uri(file) } })) as { items: Diagnostic[] };
    return items;
  }

  /** What the light bulb at a problem offers. */
  async actionsAt(file: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    return this.#actions(file, diagnostic.range, { diagnostics: [diagnostic], only: ['quickfix'], triggerKind: 1 });
  }

  /** What an editor does when it is told to fix everything on saving. */
  async fixAll(file: string, kind: string): Promise<void> {
    const end = { line: this.text(file).split('\n').length, character: 0 };
    const [action] = await this.#actions(file, { start: { line: 0, character: 0 }, end }, { diagnostics: [], only: [kind], triggerKind: 2 });
    if (action) await this.apply(action);
  }

  async apply({ edit, command }: CodeAction): Promise<void> {
    if (edit) this.#applyEdit(edit);
    else if (command) await this.#messages.request('workspace/executeCommand', { command: command.command, arguments: command.arguments });
  }

  /** What the editor shows. */
  text(file: string): string {
    return this.#texts.get(file)!.text;
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    await this.#messages.request('shutdown', undefined).catch(() => undefined);
    this.#messages.notify('exit', undefined);
    this.#child.kill();
    await exited;
  }

  async #actions(file: string, range: Range, context: object): Promise<CodeAction[]> {
    return ((await this.#messages.request('textDocument/codeAction', { textDocument: { uri: this.#uri(file) }, range, context })) as CodeAction[] | null) ?? [];
  }

  #answer(method: string, params: unknown, server: Server): unknown {
    const folder = { uri: pathToFileURL(this.#project.folder).href, name: basename(this.#project.folder) };
    switch (method) {
      case 'workspace/configuration':
        return (params as { items: unknown[] }).items.map(() => server.settings(folder));
      case 'workspace/workspaceFolders':
        return [folder];
      case 'workspace/applyEdit':
        this.#applyEdit((params as { edit: WorkspaceEdit }).edit);
        return { applied: true };
      case 'textDocument/publishDiagnostics': {
        const { uri, diagnostics } = params as { uri: string; diagnostics: Diagnostic[] };
        this.#published.get(uri)?.(diagnostics);
        return undefined;
      }
      case 'eslint/confirmESLintExecution':
        return 4;
      default:
        return null;
    }
  }

  #applyEdit({ changes = {}, documentChanges = [] }: WorkspaceEdit): void {
    for (const [uri, edits] of [...Object.entries(changes), ...documentChanges.map(({ textDocument, edits }) => [textDocument.uri, edits] as const)]) {
      const file = fileURLToPath(uri).slice(this.#project.folder.length + 1);
      const { version, text } = this.#texts.get(file)!;
      this.#texts.set(file, { version, text: edited(text, edits) });
    }
  }

  #nextPublished(file: string): Promise<Diagnostic[]> {
    return new Promise((resolve) => this.#published.set(this.#uri(file), resolve));
  }

  #uri(file: string): string {
    return pathToFileURL(this.#project.path(file)).href;
  }
}

const clientCapabilities = {
  workspace: { configuration: true, workspaceFolders: true, applyEdit: true, workspaceEdit: { documentChanges: true }, didChangeConfiguration: { dynamicRegistration: true }, diagnostics: { refreshSupport: true } },
  textDocument: {
    synchronization: { dynamicRegistration: true, didSave: true },
    publishDiagnostics: { relatedInformation: true },
    diagnostic: { dynamicRegistration: true },
    codeAction: { dynamicRegistration: true, codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
  },
};

function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: Position): number => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, character);
  return [...edits]
    .sort((one, other) => offset(other.range.start) - offset(one.range.start))
    .reduce((before, { range, newText }) => before.slice(0, offset(range.start)) + newText + before.slice(offset(range.end)), text);
}
