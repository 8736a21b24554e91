import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor


async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=2) as pool:
        key = await loop.run_in_executor(pool, hashlib.pbkdf2_hmac, 'sha256', b'secret', b'salt', 1000)
    print(key.hex())


asyncio.run(main())
