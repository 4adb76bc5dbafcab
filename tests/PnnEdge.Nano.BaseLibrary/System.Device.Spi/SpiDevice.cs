namespace System.Device.Spi
{
    // System.Device.Spi 1.3.89: System.Device.Spi/SpiMode.cs
    public enum SpiMode
    {
        Mode0,
        Mode1,
        Mode2,
        Mode3,
    }

    // System.Device.Spi 1.3.89: System.Device.Spi/DataFlow.cs
    public enum DataFlow
    {
        MsbFirst,
        LsbFirst,
    }

    // System.Device.Spi 1.3.89: System.Device.Spi/SpiConnectionSettings.cs
    public sealed class SpiConnectionSettings
    {
        public SpiConnectionSettings(int busId, int chipSelectLine = -1) => throw null;

        public SpiMode Mode
        {
            get => throw null;
            set => throw null;
        }

        public int ClockFrequency
        {
            get => throw null;
            set => throw null;
        }

        public DataFlow DataFlow
        {
            get => throw null;
            set => throw null;
        }
    }

    // System.Device.Spi 1.3.89: System.Device.Spi/SpiDevice.cs
    public class SpiDevice : IDisposable
    {
        public SpiDevice(SpiConnectionSettings settings) => throw null;

        public static SpiDevice Create(SpiConnectionSettings settings) => throw null;

        public void TransferFullDuplex(SpanByte writeBuffer, SpanByte readBuffer) => throw null;

        public void Dispose() => throw null;
    }
}
