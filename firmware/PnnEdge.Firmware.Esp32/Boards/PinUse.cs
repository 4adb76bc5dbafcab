namespace PnnEdge.Firmware.Esp32.Boards
{
    /// <summary>One wire from the module: hardware/pins has the same table for who solders it.</summary>
    public sealed class PinUse
    {
        public readonly int Gpio;
        public readonly string Signal;

        /// <summary>What is at the wire's other end.</summary>
        public readonly string Part;

        public PinUse(int gpio, string signal, string part)
        {
            Gpio = gpio;
            Signal = signal;
            Part = part;
        }
    }
}
