import asyncio
import os


async def main():
    loop = asyncio.get_running_loop()
    names = ['package.json', 'README.md', 'no-such-file']
    sizes = await asyncio.gather(
        *(loop.run_in_executor(None, os.path.getsize, name) for name in names),
        return_exceptions=True,
    )
    for name, size in zip(names, sizes):
        print(name, 'is missing' if isinstance(size, FileNotFoundError) else 'is there')


asyncio.run(main())
