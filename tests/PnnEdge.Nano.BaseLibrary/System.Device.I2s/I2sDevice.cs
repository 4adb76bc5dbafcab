namespace System.Device.I2s
{
    // System.Device.I2s 1.0.28: System.Device.I2s/I2sMode.cs
    [Flags]
    public enum I2sMode
    {
        Master = 1 << 0,
        Slave = 1 << 1,
        Tx = 1 << 2,
        Rx = 1 << 3,
        DacBuiltIn = 1 << 4,
        AdcBuiltIn = 1 << 5,
        Pdm = 1 << 6,
    }

    // System.Device.I2s 1.0.28: System.Device.I2s/I2sBitsPerSample.cs
    public enum I2sBitsPerSample
    {
        Bit8 = 8,
        Bit16 = 16,
        Bit24 = 24,
        Bit32 = 32,
    }

    // System.Device.I2s 1.0.28: System.Device.I2s/I2sChannelFormat.cs
    public enum I2sChannelFormat
    {
        RightLeft = 0x00,
        AllRight,
        AllLeft,
        OnlyRight,
        OnlyLeft,
    }

    // System.Device.I2s 1.0.28: System.Device.I2s/I2sCommunicationFormat.cs
    public enum I2sCommunicationFormat
    {
        I2S = 0x01,
        Msb = 0x03,
        PcmShort = 0x04,
        PcmLong = 0x0C,
        Max,
    }

    // System.Device.I2s 1.0.28: System.Device.I2s/I2sConnectionSettings.cs
    public sealed class I2sConnectionSettings
    {
        public I2sConnectionSettings(int busId) => throw null;

        public I2sMode Mode
        {
            get => throw null;
            set => throw null;
        }

        public I2sBitsPerSample BitsPerSample
        {
            get => throw null;
            set => throw null;
        }

        public I2sChannelFormat ChannelFormat
        {
            get => throw null;
            set => throw null;
        }

        public I2sCommunicationFormat CommunicationFormat
        {
            get => throw null;
            set => throw null;
        }

        public int SampleRate
        {
            get => throw null;
            set => throw null;
        }

        public int BufferSize
        {
            get => throw null;
            set => throw null;
        }
    }

    // System.Device.I2s 1.0.28: System.Device.I2s/I2sDevice.cs
    public class I2sDevice : IDisposable
    {
        public I2sDevice(I2sConnectionSettings settings) => throw null;

        public static I2sDevice Create(I2sConnectionSettings settings) => throw null;

        public void Read(SpanByte buffer) => throw null;

        public void Write(SpanByte buffer) => throw null;

        public void Dispose() => throw null;
    }
}
