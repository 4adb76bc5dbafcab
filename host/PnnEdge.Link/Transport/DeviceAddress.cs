using PnnEdge.Wire;

namespace PnnEdge.Link.Transport;

/// <summary>Which device: the two names of its topics.</summary>
public sealed record DeviceAddress(string Site, string Device)
{
    public override string ToString() => $"{Site}/{Device}";

    /// <exception cref="ArgumentException">A name that cannot stand in a topic.</exception>
    public static void Require(string site, string device)
    {
        foreach ((string what, string name) in new[] { ("site", site), ("device", device) })
        {
            if (!Topics.IsName(name))
            {
                throw new ArgumentException(
                    $"\"{name}\" cannot name a {what}; a name is 1 to {Topics.MaxNameLength} of a–z, 0–9 and '-', not beginning with '-'.");
            }
        }
    }
}
