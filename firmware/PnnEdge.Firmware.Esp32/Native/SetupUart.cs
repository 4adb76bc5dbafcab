using System;
using System.IO.Ports;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using PnnEdge.Firmware.Core.Setup;
using PnnEdge.Firmware.Esp32.Boards;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>
    /// Improv on the chip's second serial port. The first is the interpreter's own: its debugger talks there, and the interpreter opens it for nobody else
    /// (nf-interpreter, sys_io_ser_native_System_IO_Ports_SerialPort.cpp). Its waits are the chip's own: like Program it belongs to the board's composition root.
    /// </summary>
    public sealed class SetupUart : ISetupLine
    {
        private const string PortName = "COM2";
        private const int Baud = 115200;
        private const int BetweenLooksMillis = 50;

        private readonly SerialPort _port;
        private readonly byte[] _bytes = new byte[64];

        public SetupUart()
        {
            Configuration.SetPinFunction(CommonPins.SetupTransmit, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(CommonPins.SetupReceive, DeviceFunction.COM2_RX);
            _port = new SerialPort(PortName, Baud, Parity.None, 8, StopBits.One);
            _port.Open();
        }

        /// <summary>Never returns.</summary>
        public void Serve(ImprovService service)
        {
            while (true)
            {
                try
                {
                    int waiting = _port.BytesToRead;
                    if (waiting > 0)
                    {
                        service.Take(_bytes, _port.Read(_bytes, 0, waiting < _bytes.Length ? waiting : _bytes.Length));
                    }
                }
                catch (Exception e)
                {
                    Console.WriteLine("setup: " + e.Message);
                }

                Thread.Sleep(BetweenLooksMillis);
            }
        }

        public void Write(byte[] bytes, int count) => _port.Write(bytes, 0, count);
    }
}
