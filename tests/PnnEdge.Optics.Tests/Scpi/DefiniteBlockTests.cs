using System.Text;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Tests.Scpi;

public class DefiniteBlockTests
{
    [Fact]
    public void A_block_says_its_length_in_as_few_digits_as_it_has()
    {
        Assert.Equal("#10", Encoding.Latin1.GetString(DefiniteBlock.Of([])));
        Assert.Equal("#15hello", Encoding.Latin1.GetString(DefiniteBlock.Of("hello"u8)));
        Assert.StartsWith("#3640", Encoding.Latin1.GetString(DefiniteBlock.Of(new byte[640])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#15hello", "hello")]
    [InlineData("#800000005hello", "hello")] // leading zeros, as oscilloscopes write them
    [InlineData("#10", "")]
    [InlineData("#0to the end", "to the end")]
    public void A_block_is_read(string text, string data)
    {
        Assert.True(DefiniteBlock.TryRead(Encoding.Latin1.GetBytes(text), out ReadOnlySpan<byte> read));
        Assert.Equal(data, Encoding.Latin1.GetString(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#x5hello")]
    [InlineData("#2")]
    [InlineData("#1")]
    [InlineData("#15hell")]
    [InlineData("#15hellos")]
    [InlineData("#2a5hello")]
    [InlineData("15hello")]
    public void What_is_no_block_is_not_read(string text) => Assert.False(DefiniteBlock.TryRead(Encoding.Latin1.GetBytes(text), out _));
}
