using System.Text;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Tests.Scpi;

public class MessageScannerTests
{
    [Theory]
    [InlineData("*IDN?\nSYST:ERR?\r\n", "*IDN?", "SYST:ERR?")]
    [InlineData("A #15a\nb\nc,2\nB\n", "A #15a\nb\nc,2", "B")]
    [InlineData("A \"#19\"\nB\n", "A \"#19\"", "B")]
    [InlineData("A 'it''s #19'\nB\n", "A 'it''s #19'", "B")]
    [InlineData("A \"forgotten\nB\n", "A \"forgotten", "B")]
    [InlineData("A #10\nB\n", "A #10", "B")]
    [InlineData("A #12b\r\nB\n", "A #12b\r", "B")] // the last reading of a spectrum may be a carriage return
    [InlineData("A #12b\r\r\nB\r\n", "A #12b\r", "B")]
    [InlineData("A #x\nB\n", "A #x", "B")]
    public void Messages_end_at_line_feeds_outside_blocks_however_they_arrive(string sent, params string[] messages)
    {
        for (int piece = 1; piece <= sent.Length; piece++)
        {
            var scanner = new MessageScanner(100);
            List<string> found = [];
            foreach (byte[] chunk in Encoding.Latin1.GetBytes(sent).Chunk(piece))
            {
                for (int at = 0; at < chunk.Length;)
                {
                    at += scanner.Take(chunk.AsSpan(at), out byte[]? message);
                    if (message is not null) { found.Add(Encoding.Latin1.GetString(message)); }
                }
            }

            Assert.Equal(messages, found);
            Assert.True(scanner.IsBetweenMessages);
        }
    }

    [Fact]
    public void A_message_that_is_too_long_is_skipped_with_its_block_and_the_next_one_is_found()
    {
        var scanner = new MessageScanner(10);
        byte[] sent = Encoding.Latin1.GetBytes("A #22001234567890123\n56789\nB\n");
        int at = scanner.Take(sent, out byte[]? tooLong);
        Assert.True(scanner.WasTooLong);
        Assert.Equal([], tooLong!);
        scanner.Take(sent.AsSpan(at), out byte[]? next);
        Assert.False(scanner.WasTooLong);
        Assert.Equal("B", Encoding.Latin1.GetString(next!));
    }
}
