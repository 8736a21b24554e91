import asyncio
import urllib.request


def fetch(url):
    with urllib.request.urlopen(url) as response:
        return response.read().decode()


async def answer(reader, writer):
    await reader.readuntil(b'\r\n\r\n')
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello')
    await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(answer, '127.0.0.1', 0)
    host, port = server.sockets[0].getsockname()
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, fetch, f'http://{host}:{port}/'))
    server.close()


asyncio.run(main())
