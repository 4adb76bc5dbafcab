namespace System.Device.Gpio
{
    // System.Device.Gpio 1.1.62: System.Device.Gpio/PinMode.cs
    public enum PinMode
    {
        Input,
        InputPullDown,
        InputPullUp,
        Output,
        OutputOpenDrain,
        OutputOpenDrainPullUp,
        OutputOpenSource,
        OutputOpenSourcePullDown,
    }

    // System.Device.Gpio 1.1.62: System.Device.Gpio/PinValue.cs
    public readonly struct PinValue
    {
        private readonly byte _value;

        public static PinValue High => throw null;

        public static PinValue Low => throw null;

        public static bool operator ==(PinValue a, PinValue b) => throw null;

        public static bool operator !=(PinValue a, PinValue b) => throw null;
    }

    // System.Device.Gpio 1.1.62: System.Device.Gpio/GpioPin.cs
    public sealed class GpioPin : IDisposable
    {
        internal GpioPin() => throw null;

        public PinValue Read() => throw null;

        public void Write(PinValue value) => throw null;

        public void Toggle() => throw null;

        public void Dispose() => throw null;
    }

    // System.Device.Gpio 1.1.62: System.Device.Gpio/GpioController.cs
    public sealed class GpioController : IDisposable
    {
        public GpioController() => throw null;

        public GpioPin OpenPin(int pinNumber, PinMode mode) => throw null;

        public void Dispose() => throw null;
    }
}
