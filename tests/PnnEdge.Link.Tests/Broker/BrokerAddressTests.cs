using PnnEdge.Link.Broker;
using PnnEdge.Link.Tests.Support;

namespace PnnEdge.Link.Tests.Broker;

public class BrokerAddressTests
{
    [Theory]
    [InlineData("mqtt://lab", "lab", 1883, null, null)]
    [InlineData("mqtt://lab:2883", "lab", 2883, null, null)]
    [InlineData("mqtt://ann@10.0.0.7", "10.0.0.7", 1883, "ann", null)]
    [InlineData("mqtt://ann:p%40ss@lab:99/", "lab", 99, "ann", "p@ss")]
    [InlineData("mqtt://[::1]:1884", "::1", 1884, null, null)]
    public void An_address_is_read_part_by_part(string text, string host, int port, string? user, string? password)
    {
        BrokerAddress address = BrokerAddress.Parse(text);

        Assert.Equal(new BrokerAddress(host, port, user, password), address);
        Assert.Equal(address, BrokerAddress.Parse(address.ToSecretString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("lab")]
    [InlineData("lab:1883")]
    [InlineData("http://lab:1883")]
    [InlineData("mqtts://lab/topic")]
    [InlineData("mqtts://lab?x=1")]
    [InlineData("mqtts://lab?ca=")]
    [InlineData("mqtts://lab?ca=no-such-file.pem")]
    [InlineData("mqtts://lab?cert=no-such-file.pem&key=no-such-file.key")]
    [InlineData("mqtts://lab?cert=only.pem")]
    [InlineData("mqtt://")]
    [InlineData("mqtt://lab:70000")]
    [InlineData("mqtt://lab:0")]
    [InlineData("mqtt://lab/topic")]
    [InlineData("mqtt://lab?x=1")]
    public void Nonsense_is_refused_in_one_sentence(string text)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => BrokerAddress.Parse(text));

        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_and_port_of_TLS_are_read_and_written_back()
    {
        using TestAuthority authority = new();
        (string certificate, string key) = authority.Sign("host");
        BrokerTls tls = new(authority.CertificateFile, certificate, key);

        BrokerAddress address = BrokerAddress.Parse($"mqtts://ann@lab{tls.Query}");

        Assert.Equal(new BrokerAddress("lab", 8883, "ann", Tls: tls), address);
        Assert.Equal(address, BrokerAddress.Parse(address.ToSecretString()));
        Assert.Equal("mqtts://lab:8883", address.ToString());
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused_in_one_sentence()
    {
        using TestAuthority authority = new();
        BrokerTls tls = new(authority.CertificateFile, authority.Sign("host").CertificateFile, authority.Sign("other").KeyFile);

        FormatException refusal = Assert.Throws<FormatException>(() => BrokerAddress.Parse($"mqtts://lab{tls.Query}"));

        Assert.StartsWith($"The certificate {tls.CertificateFile} with the key {tls.KeyFile} cannot be used", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_is_not_shown() => Assert.Equal("mqtt://lab:1883", BrokerAddress.Parse("mqtt://ann:secret@lab").ToString());

    [Fact]
    public void The_password_is_not_in_a_refusal()
    {
        FormatException refusal = Assert.Throws<FormatException>(() => BrokerAddress.Parse("mqtt://ann:secret@lab/topic"));

        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }
}
