import asyncio
import json


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


async def main():
    loop = asyncio.get_running_loop()
    text = await loop.run_in_executor(None, read, 'package.json')
    print(json.loads(text)['name'])


asyncio.run(main())
