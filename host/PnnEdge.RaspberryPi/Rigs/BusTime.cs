using PnnEdge.RaspberryPi.Chips;

namespace PnnEdge.RaspberryPi.Rigs;

/// <summary>
/// The fastest rate that a rig's buses leave room for. Each word is a message of its own: chips latch on chip select, and output and input have
/// two of them. Only the repeated reads of a sample share a message.
/// </summary>
internal static class BusTime
{
    /// <summary>A kernel that is not a real-time one is late now and then: half of the time stays free (ours).</summary>
    private const double Margin = 2;

    /// <summary>From the bcm2835's driver (drivers/spi/spi-bcm2835.c): a byte takes a clock more than its bits; on I2C the acknowledgement.</summary>
    private const double ClocksPerByte = 9;

    public static double FastestHz(PiRig rig) => 1e6 / (Margin * SampleMicros(rig));

    /// <summary>To set the stimulus and to read the measurement once, µs.</summary>
    public static double SampleMicros(PiRig rig) =>
        WordMicros(rig, rig.Chip(rig.Stimulus.Chip), 1) + WordMicros(rig, rig.Chip(rig.Measurement.Chip), rig.Measurement.Reads);

    private static double WordMicros(PiRig rig, ChipSettings chip, int words)
    {
        var facts = ChipFacts.Of(chip.Kind);
        double clockHertz = chip.Spi?.ClockHertz ?? chip.I2c!.ClockHertz;
        int messages = facts.IsSpi ? facts.MessagesPerWord : words * facts.MessagesPerWord;
        return (messages * rig.MessageMicros) + (words * ((ClocksPerByte * facts.BytesPerWord * 1e6 / clockHertz) + facts.WaitMicros));
    }
}
