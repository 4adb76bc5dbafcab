using System.Globalization;
using PnnEdge.Optics.Tests.Support;

namespace PnnEdge.Optics.Tests.Table;

/// <summary>Clients that know nothing of the table's code.</summary>
public sealed class ThirdPartyClientTests
{
    [Fact]
    public async Task PyVISA_holds_a_session_with_blocks_both_ways_errors_and_status() => Assert.Equal(
    [
        "idn PnnEdge,Optical table,7,0.1",
        "pixels 64 rising True",
        "open 1 watts True",
        "brighter True saturated True",
        "error -161,\"Invalid block data;a frame has 640 bytes, 639 came\"",
        "events 32 status 0", // a command error; *CLS had cleared the power-on bit, and the queue is empty
        "error -113,\"Undefined header;NONSENSE\"",
        "none 0,\"No error\"",
    ], await RunAsync("pyvisa_session.py", "python3-pyvisa, python3-pyvisa-py"));

    [Fact]
    public async Task A_plain_socket_holds_a_session_however_its_bytes_arrive() => Assert.Equal(
    [
        "idn PnnEdge,Optical table,7,0.1",
        "pixels 64 pedestal 1500 peak True",
        "error -222,\"Data out of range;frame 0 has a phase on channel 0 that is neither 0 nor pi\"", // the block came whole
        "compound 2",
    ], await RunAsync("socket_session.py", "python3"));

    private static async Task<string[]> RunAsync(string script, string packages)
    {
        await using var table = new TableOnSocket();
        return await Python.RunAsync(Path.Combine("Clients", script), packages, table.Server.Port.ToString(CultureInfo.InvariantCulture));
    }
}
