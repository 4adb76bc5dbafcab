using PnnEdge.Cli.Commands;
using PnnEdge.Link.Broker;

namespace PnnEdge.Cli.Composition;

/// <summary>
/// The end that another process holds of one it started: the first line of standard input is the broker's address (so that no password shows in a
/// process list), and its end is the other's end, however it came.
/// </summary>
internal static class ParentWatch
{
    public static async Task<BrokerAddress> ReadBrokerAsync(TextReader input, CancellationToken cancellation) =>
        await input.ReadLineAsync(cancellation) is string line
            ? BrokerAddress.Parse(line)
            : throw new UserException("Started without a broker address on standard input.");

    /// <summary>Completes when the other process has closed its end or died.</summary>
    public static async Task EndedAsync(TextReader input, CancellationToken cancellation)
    {
        while (await input.ReadLineAsync(cancellation) is not null)
        {
            // Nothing more is expected; whatever comes means that the other still lives.
        }
    }
}
