using System.Diagnostics;
using System.Globalization;
using System.Security.Authentication;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Tests.Support;
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
    public async Task A_broker_whose_certificate_is_of_another_authority_is_not_spoken_to() => Assert.Equal(
        "its certificate is of no authority that is trusted here", await FailureAsync(Known("host") with { AuthorityFile = _stranger.CertificateFile }));

    [Fact]
    public async Task A_broker_whose_certificate_is_for_another_host_is_not_spoken_to() =>
        Assert.Equal("its certificate is not for localhost", await FailureAsync(Known("host"), host: "localhost"));

    [Fact]
    public async Task A_broker_whose_certificate_has_expired_is_not_spoken_to()
    {
        DateTimeOffset end = DateTimeOffset.UtcNow.AddHours(-1);

        string failure = await FailureAsync(Known("host"), end: end);

        Assert.StartsWith("its certificate holds from ", failure, StringComparison.Ordinal);
        Assert.EndsWith($" to {end.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC only", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_certificate_is_said()
    {
        string failure = await FailureAsync(Known("host"), host: "localhost", end: DateTimeOffset.UtcNow.AddHours(-1));

        Assert.StartsWith("its certificate is not for localhost, and its certificate holds from ", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void No_TLS_older_than_1_2_is_spoken_whatever_the_computer_allows() =>
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, new BrokerTls().Options("lab").EnabledSslProtocols);

    [Fact]
    public async Task A_broker_that_asks_for_a_certificate_is_not_reached_without_one() =>
        Assert.DoesNotContain("its certificate", await FailureAsync(new BrokerTls(_authority.CertificateFile)), StringComparison.Ordinal);

    [Fact]
    public async Task To_a_broker_that_speaks_TLS_a_plain_client_is_told_of_the_other_scheme() => Assert.Equal(
        "it does not speak MQTT in the clear there, or broke off before it did; mqtts:// or another port?", await FailureAsync(tls: null));

    [Fact]
    public async Task To_a_broker_that_speaks_no_TLS_a_TLS_client_is_told_of_the_other_scheme()
    {
        await using EmbeddedBroker plain = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());

        Assert.Equal(
            "it does not speak TLS there, or broke off before it did; mqtt:// or another port?",
            await FirstAttempt.FailureAsync(plain.Address with { Tls = new BrokerTls() }));
    }

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

    private async Task<string> FailureAsync(BrokerTls? tls, string host = "127.0.0.1", DateTimeOffset? end = null)
    {
        (Process mosquitto, BrokerAddress address) = await StartBrokerAsync(end);
        using (mosquitto)
        {
            string failure = await FirstAttempt.FailureAsync(address with { Host = host, Tls = tls });
            mosquitto.Kill();
            return failure;
        }
    }

    private Task<(Process Broker, BrokerAddress Address)> StartBrokerAsync(DateTimeOffset? end = null)
    {
        (string certificate, string key) = _authority.Sign("broker", end);
        return Mosquitto.StartBrokerAsync(
            $"cafile {_authority.CertificateFile}", $"certfile {certificate}", $"keyfile {key}", "require_certificate true", "use_identity_as_username true");
    }
}
