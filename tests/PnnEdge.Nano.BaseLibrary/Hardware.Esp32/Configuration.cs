namespace nanoFramework.Hardware.Esp32
{
    using System;

    // Hardware.Esp32 1.6.40: nanoFramework.Hardware.Esp32/DeviceTypePins.cs
    public enum DeviceFunction
    {
        SPI1_MOSI = 0x10100,
        SPI1_MISO = 0x10101,
        SPI1_CLOCK = 0x10102,
        SPI2_MOSI = 0x10200,
        SPI2_MISO = 0x10201,
        SPI2_CLOCK = 0x10202,
        I2C1_DATA = 0x20100,
        I2C1_CLOCK = 0x20101,
        COM2_TX = 0x30200,
        COM2_RX = 0x30201,
        I2S1_MCK = 0x60100,
        I2S1_BCK = 0x60101,
        I2S1_WS = 0x60102,
        I2S1_DATA_OUT = 0x60103,
        I2S1_MDATA_IN = 0x60104,
        I2S2_MCK = 0x60200,
        I2S2_BCK = 0x60201,
        I2S2_WS = 0x60202,
        I2S2_DATA_OUT = 0x60203,
        I2S2_MDATA_IN = 0x60204,
    }

    // Hardware.Esp32 1.6.40: nanoFramework.Hardware.Esp32/Configuration.cs
    public class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction value) => throw null;
    }

    // Hardware.Esp32 1.6.40: nanoFramework.Hardware.Esp32/HighResTimer.cs
    public class HighResTimer : IDisposable
    {
        public static ulong GetCurrent() => throw null;

        public void Dispose() => throw null;
    }

    // Hardware.Esp32 1.6.40: nanoFramework.Hardware.Esp32/NativeMemory.cs
    public class NativeMemory
    {
        public enum MemoryType
        {
            All,
            Internal,
            SpiRam,
        }

        public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock) => throw null;
    }
}
