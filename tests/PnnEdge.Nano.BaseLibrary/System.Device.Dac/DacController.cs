namespace System.Device.Dac
{
    // System.Device.Dac 1.5.26: System.Device.Dac/DacChannel.cs
    public sealed class DacChannel : IDisposable
    {
        internal DacChannel() => throw null;

        public void WriteValue(ushort value) => throw null;

        public void Dispose() => throw null;
    }

    // System.Device.Dac 1.5.26: System.Device.Dac/DacController.cs
    public sealed class DacController
    {
        internal DacController() => throw null;

        public static DacController GetDefault() => throw null;

        public DacChannel OpenChannel(int channelNumber) => throw null;
    }
}
