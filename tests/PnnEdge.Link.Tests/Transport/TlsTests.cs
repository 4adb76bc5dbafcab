using System.Diagnostics;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Link.Transport;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;

namespace PnnEdge.Link.Tests.Transport;

/// <summary>Over somebody else's broker that asks every client for a certificate.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new();

    [Fact]
    public async Task With_certificates_on_both_sides_a_batch_comes_back_as_without()
    {
        (Process mosquitto, BrokerAddress address) = await StartBrokerAsync();
        using (mosquitto)
        {
            await using EchoDevice device = new(address with { Tls = Known("echo-1") }, 11, new MemoryStorage());
            await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(BrokerAddress.Parse((address with { Tls = Known("host") }).ToSecretString()));

            Measurement measured = await system.RunAsync(EchoDevice.Ramp(500, 64), CancellationToken.None);

            Assert.Equal(measured.AppliedVolts, measured.Volts);
            mosquitto.Kill();
        }
    }

    [Fact]
    public async Task A_broker_whose_certificate_is_of_another_authority_is_not_spoken_to() =>
        await Fails(Known("host") with { AuthorityFile = _stranger.CertificateFile }, refusedHere: true);

    [Fact]
    public async Task A_broker_that_asks_for_a_certificate_is_not_reached_without_one() =>
        await Fails(new BrokerTls(_authority.CertificateFile), refusedHere: false);

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
    }

    private BrokerTls Known(string name)
    {
        (string certificate, string key) = _authority.Sign(name);
        return new BrokerTls(_authority.CertificateFile, certificate, key);
    }

    private async Task Fails(BrokerTls tls, bool refusedHere)
    {
        (Process mosquitto, BrokerAddress address) = await StartBrokerAsync();
        using (mosquitto)
        {
            await using MqttMessageLink link = new(address with { Tls = tls }, "lab", "echo-1", TimeProvider.System, new Random(1), 1024);
            string untried = link.Failure;
            link.Start();
            await Eventually.Holds(() => link.Failure != untried, "an attempt has ended");

            Assert.False(link.IsConnected());
            Assert.Equal(refusedHere, link.Failure.Contains("The remote certificate is invalid", StringComparison.Ordinal));
            mosquitto.Kill();
        }
    }

    private Task<(Process Broker, BrokerAddress Address)> StartBrokerAsync()
    {
        (string certificate, string key) = _authority.Sign("broker");
        return Mosquitto.StartBrokerAsync(
            $"cafile {_authority.CertificateFile}", $"certfile {certificate}", $"keyfile {key}", "require_certificate true", "use_identity_as_username true");
    }
}
