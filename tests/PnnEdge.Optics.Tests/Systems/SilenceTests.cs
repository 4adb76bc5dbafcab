using System.Net;
using System.Net.Sockets;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Tests.Systems;

public class SilenceTests
{
    [Fact]
    public async Task An_instrument_that_never_answers_is_given_up_after_the_time_it_was_given()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new ScpiAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        await using var connection = new ScpiConnection(address, TimeSpan.FromSeconds(0.2), TimeProvider.System);
        await connection.OpenAsync();
        await connection.SendAsync("*IDN?\n"u8.ToArray());
        InstrumentLostException lost = await Assert.ThrowsAsync<InstrumentLostException>(connection.ReadAsync);
        Assert.Equal($"The instrument at {address} did not answer within 0.2 s.", lost.Message);
    }

    [Fact]
    public async Task An_answer_longer_than_any_instrument_s_is_not_kept()
    {
        byte[] endless = [.. "#9999999999"u8, .. new byte[1 << 20]];
        var stream = new Endless(endless);
        await using var connection = new ScpiConnection("endless", _ => Task.FromResult<Stream>(stream), TimeSpan.FromSeconds(0.5), TimeProvider.System);
        await connection.OpenAsync();
        await Assert.ThrowsAsync<InstrumentLostException>(connection.ReadAsync);
    }

    /// <summary>Begins an answer that has no end.</summary>
    private sealed class Endless(byte[] answer) : MemoryStream(answer)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if (Position == Length) { Position = 20; }
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
