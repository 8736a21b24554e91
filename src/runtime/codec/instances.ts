/**
 * Whether Node itself gives the object to the other thread as what it is, as it does a KeyObject, Blob, BlockList,
 * CryptoKey, X509Certificate or WebAssembly.Module. There is no list of them to read, so Node is asked.
 */
export function clonesItself(value: object): boolean {
  if (!isNative(value) && Object.keys(value).length > 0) {
    return false;
  }
  try {
    return Object.getPrototypeOf(structuredClone(value)) !== Object.prototype;
  } catch {
    return false;
  }
}

/**
 * Whether a copy of the own properties would be a dead thing: the object belongs to a native class that Node does not
 * clone, or keeps its state behind symbols, as Node's own classes do, or has no property of its own and all that it is
 * comes from its class.
 */
export function losesItsState(value: object): boolean {
  return (
    isNative(value) ||
    (classPrototypes(value).length > 0 && Object.getOwnPropertySymbols(value).length > 0) ||
    (Object.keys(value).length === 0 && inheritsMembers(value))
  );
}

const nativePrototypes = new WeakMap<object, boolean>();

/** Whether some class in the chain, other than `Object`, is made by V8 or by Node in C++, or cloned by Node's rules. */
function isNative(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object;
  let native = nativePrototypes.get(prototype);
  if (native === undefined) {
    native = classPrototypes(value).some(
      (proto) =>
        isNativeClass(Object.getOwnPropertyDescriptor(proto, 'constructor')?.value) ||
        Object.getOwnPropertySymbols(proto).some((symbol) => symbol.description === 'messaging_clone_symbol'),
    );
    nativePrototypes.set(prototype, native);
  }
  return native;
}

function inheritsMembers(value: object): boolean {
  return classPrototypes(value).some((proto) => Reflect.ownKeys(proto).some((key) => key !== 'constructor'));
}

/** The prototypes between the object and the root, which is `Object.prototype` of this realm or of another. */
function classPrototypes(value: object): object[] {
  const chain: object[] = [];
  let prototype = Object.getPrototypeOf(value) as object | null;
  while (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    chain.push(prototype);
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return chain;
}

/** `process.env`, a plain object to everybody, has a class of its own, made in C++ and without a name. */
function isNativeClass(constructor: unknown): boolean {
  return isNativeFunction(constructor) && constructor.name !== '';
}

export function isNativeFunction(value: unknown): value is { readonly name: string } {
  return typeof value === 'function' && /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(value));
}
