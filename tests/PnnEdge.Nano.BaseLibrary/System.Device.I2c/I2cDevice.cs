namespace System.Device.I2c
{
    // System.Device.I2c 1.1.29: System.Device.I2c/I2cBusSpeed.cs
    public enum I2cBusSpeed
    {
        StandardMode,
        FastMode,
        FastModePlus,
    }

    // System.Device.I2c 1.1.29: System.Device.I2c/I2cConnectionSettings.cs
    public sealed class I2cConnectionSettings
    {
        public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed) => throw null;
    }

    // System.Device.I2c 1.1.29: System.Device.I2c/I2cTransferStatus.cs
    public enum I2cTransferStatus
    {
        UnknownError,
        FullTransfer,
        ClockStretchTimeout,
        PartialTransfer,
        SlaveAddressNotAcknowledged,
    }

    // System.Device.I2c 1.1.29: System.Device.I2c/I2cTransferResult.cs
    public struct I2cTransferResult
    {
        private readonly uint _bytesTransferred;
        private readonly I2cTransferStatus _status;

        public uint BytesTransferred => throw null;

        public I2cTransferStatus Status => throw null;
    }

    // System.Device.I2c 1.1.29: System.Device.I2c/I2cDevice.cs
    public class I2cDevice : IDisposable
    {
        public I2cDevice(I2cConnectionSettings settings) => throw null;

        public static I2cDevice Create(I2cConnectionSettings settings) => throw null;

        public I2cTransferResult Read(SpanByte buffer) => throw null;

        public I2cTransferResult Write(SpanByte buffer) => throw null;

        public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) => throw null;

        public void Dispose() => throw null;
    }
}
