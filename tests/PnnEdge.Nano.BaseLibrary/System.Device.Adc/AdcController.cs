namespace System.Device.Adc
{
    // System.Device.Adc 1.1.24: System.Device.Adc/AdcChannelBase.cs
    public abstract class AdcChannelBase
    {
        public abstract int ReadValue();
    }

    // System.Device.Adc 1.1.24: System.Device.Adc/AdcChannel.cs
    public class AdcChannel : AdcChannelBase, IDisposable
    {
        internal AdcChannel() => throw null;

        public override int ReadValue() => throw null;

        public void Dispose() => throw null;
    }

    // System.Device.Adc 1.1.24: System.Device.Adc/AdcControllerBase.cs
    public abstract class AdcControllerBase
    {
        public abstract AdcChannel OpenChannel(int channelNumber);
    }

    // System.Device.Adc 1.1.24: System.Device.Adc/AdcController.cs
    public class AdcController : AdcControllerBase
    {
        public AdcController() => throw null;

        public override AdcChannel OpenChannel(int channelNumber) => throw null;
    }
}
