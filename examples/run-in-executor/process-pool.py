import asyncio
from concurrent.futures import ProcessPoolExecutor


def sum_of_squares(count):
    return sum(i * i for i in range(count))


async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(max_workers=2) as pool:
        print(await loop.run_in_executor(pool, sum_of_squares, 100_000))


if __name__ == '__main__':
    asyncio.run(main())
