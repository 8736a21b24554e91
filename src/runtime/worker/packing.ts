/** Loaded when it is needed: threads, and programs without processes, start sooner. */
const v8 = () => process.getBuiltinModule('node:v8');

/**
 * A message between processes as bytes, by structured clone. Not left to the channel's own `advanced` serialization,
 * which writes each view by itself: views on the same memory would no longer share it.
 *
 * @throws {Error} a DataCloneError, for what structured clone does not take
 */
export function pack(message: unknown): Buffer {
  const serializer = new (v8().Serializer)();
  serializer.writeHeader();
  serializer.writeValue(message);
  return serializer.releaseBuffer();
}

/** What {@link pack} made bytes of. */
export function unpack(bytes: Uint8Array): unknown {
  const deserializer = new (v8().Deserializer)(bytes);
  deserializer.readHeader();
  return deserializer.readValue();
}
