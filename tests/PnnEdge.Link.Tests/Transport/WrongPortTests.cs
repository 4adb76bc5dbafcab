using System.Net;
using System.Net.Sockets;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Tests.Support;

namespace PnnEdge.Link.Tests.Transport;

/// <summary>A port that takes the connection and is no broker.</summary>
public sealed class WrongPortTests
{
    private const string NoPlain = "it does not speak MQTT in the clear there, or broke off before it did; mqtts:// or another port?";
    private const string NoTls = "it does not speak TLS there, or broke off before it did; mqtt:// or another port?";

    [Theory]
    [InlineData(false, "", NoPlain)] // as mosquitto and OpenSSL end it
    [InlineData(false, "15030300020246", NoPlain)] // a TLS alert: protocol version
    [InlineData(false, "485454502F312E3120343030204261642052657175657374", NoPlain)] // HTTP/1.1 400 Bad Request
    [InlineData(false, "2003008700", "the broker refused the connection (NotAuthorized)")]
    [InlineData(true, "", NoTls)]
    [InlineData(true, "2003008200", NoTls)] // CONNACK: protocol error
    [InlineData(true, "485454502F312E3120343030204261642052657175657374", NoTls)]
    public async Task What_it_says_first_tells_whether_the_other_scheme_is_worth_a_try(bool isTls, string saysHex, string sentence)
    {
        using TcpListener port = new(IPAddress.Loopback, 0);
        port.Start();
        Task<TcpClient> guest = port.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        Task<string> failure = FirstAttempt.FailureAsync(Address(port, isTls));
        using (TcpClient answering = await guest)
        {
            byte[] asked = new byte[4096];
            Assert.NotEqual(0, await answering.GetStream().ReadAsync(asked, TestContext.Current.CancellationToken));
            await answering.GetStream().WriteAsync(Convert.FromHexString(saysHex), TestContext.Current.CancellationToken);
        }

        port.Stop();
        Assert.Equal(sentence, await failure);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_port_that_says_nothing_is_given_up(bool isTls)
    {
        using TcpListener port = new(IPAddress.Loopback, 0);
        port.Start();

        Assert.Equal("no answer in time", await FirstAttempt.FailureAsync(Address(port, isTls)));
    }

    private static BrokerAddress Address(TcpListener port, bool isTls) =>
        new("127.0.0.1", ((IPEndPoint)port.LocalEndpoint).Port, Tls: isTls ? new BrokerTls() : null);
}
