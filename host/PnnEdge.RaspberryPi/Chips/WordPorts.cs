using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.RaspberryPi.Chips;

/// <summary>One output of a chip, as its driver is called.</summary>
internal sealed class WordOutput(Func<int, bool> write) : IWordOutput
{
    public bool Write(int code) => write(code);
}

/// <summary>One input of a chip, as its driver is called; several conversions of a sample are averaged.</summary>
/// <param name="read">A code of at least 0; less when there was no reading.</param>
internal sealed class WordInput(Func<int> read, int reads) : IWordInput
{
    public int Read()
    {
        int sum = 0;
        for (int i = 0; i < reads; i++)
        {
            int code = read();
            if (code < 0) { return code; }
            sum += code;
        }

        return Mean(sum, reads);
    }

    /// <summary>Rounded to the nearest code.</summary>
    public static int Mean(int sum, int count) => (sum + (count / 2)) / count;
}
