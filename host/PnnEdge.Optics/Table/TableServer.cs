using System.Net;
using System.Net.Sockets;

namespace PnnEdge.Optics.Table;

/// <summary>The simulated table on a raw TCP socket: a session per connection.</summary>
public sealed class TableServer : IAsyncDisposable
{
    /// <summary>More at once are closed as they come.</summary>
    public const int MostConnections = 32;

    private readonly TableCommands _commands;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _conversations = [];
    private readonly Task _accepting;

    /// <param name="port">0 for a free one.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public TableServer(TableCommands commands, IPAddress address, int port)
    {
        _commands = commands;
        _listener = new TcpListener(address, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_ending.Token);
                _conversations.RemoveAll(conversation => conversation.IsCompleted);
                if (_conversations.Count >= MostConnections) { socket.Dispose(); }
                else { _conversations.Add(Task.Run(() => ConverseAsync(socket))); }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The listener has ended.
        }
    }

    private async Task ConverseAsync(Socket socket)
    {
        var session = new TableSession(_commands);
        using (socket)
        {
            try
            {
                socket.NoDelay = true;
                byte[] buffer = new byte[64 << 10];
                for (int read; (read = await socket.ReceiveAsync(buffer, _ending.Token)) > 0;)
                {
                    byte[] answer = session.Receive(buffer.AsSpan(0, read));
                    for (int sent = 0; sent < answer.Length;) { sent += await socket.SendAsync(answer.AsMemory(sent), _ending.Token); }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The controller has gone, or the table ends.
            }
            finally
            {
                session.End();
            }
        }
    }
}
