namespace System.IO.Ports
{
    // System.IO.Ports 1.1.139: System.IO.Ports/Parity.cs
    public enum Parity
    {
        None = 0,
        Odd = 1,
        Even = 2,
    }

    // System.IO.Ports 1.1.139: System.IO.Ports/StopBits.cs
    public enum StopBits
    {
        One = 1,
        Two = 2,
        OnePointFive = 3,
    }

    // System.IO.Ports 1.1.139: System.IO.Ports/SerialPort.cs
    public sealed class SerialPort : IDisposable
    {
        public SerialPort(string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One) => throw null;

        public int BytesToRead => throw null;

        public void Open() => throw null;

        public int Read(byte[] buffer, int offset, int count) => throw null;

        public void Write(byte[] buffer, int offset, int count) => throw null;

        public void Dispose() => throw null;
    }
}
