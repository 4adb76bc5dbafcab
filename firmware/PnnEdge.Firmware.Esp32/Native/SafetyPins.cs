using System.Device.Gpio;
using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>The enable pulse train's pin.</summary>
    public sealed class EnablePin : IEnableLine
    {
        private readonly GpioPin _pin;

        public EnablePin(GpioController gpio, int pin)
        {
            _pin = gpio.OpenPin(pin, PinMode.Output);
            _pin.Write(PinValue.Low);
        }

        public void Toggle() => _pin.Toggle();

        public void Release() => _pin.Write(PinValue.Low);
    }

    /// <summary>The interlock chain's pin.</summary>
    public sealed class InterlockPin
    {
        private readonly GpioPin _pin;

        public InterlockPin(GpioController gpio, int pin)
        {
            _pin = gpio.OpenPin(pin, PinMode.Input);
        }

        public bool IsHigh() => _pin.Read() == PinValue.High;
    }
}
