using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PnnEdge.Cli.Composition;
using PnnEdge.Link.Broker;
using PnnEdge.Wire;

namespace PnnEdge.Cli.Commands;

/// <summary>Typed options whose refusal is one sentence: what was asked, what is possible.</summary>
internal static class Values
{
    public static Option<int?> WholeNumber(string name, int min, int max, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => (int?)Number(result, name, (ulong)min, (ulong)max),
    };

    public static Option<ulong?> LargeNumber(string name, ulong min, ulong max, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Number(result, name, min, max),
    };

    /// <summary>A number with a point, both ends possible.</summary>
    public static Option<double?> Number(string name, double min, double max, string description) => new(name)
    {
        Description = description,
        HelpName = "x",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max) { return value; }
            result.AddError(FormattableString.Invariant($"Asked for {name} {text}; possible is a number from {min} to {max}."));
            return null;
        },
    };

    public static Option<string?> Choice(string name, IReadOnlyList<string> possible, string description) => new Option<string?>(name)
    {
        Description = $"{description} ({string.Join(", ", possible)})",
        CustomParser = result => Among(result, name.TrimStart('-'), possible),
    }.Completing(possible);

    public static string? Among(ArgumentResult result, string what, IReadOnlyList<string> possible)
    {
        string text = result.Tokens[0].Value;
        if (!possible.Contains(text))
        {
            result.AddError($"There is no {what} '{text}'; there {(possible.Count == 1 ? "is" : "are")} {string.Join(", ", possible)}.");
        }

        return text;
    }

    public static Option<BrokerAddress?> Broker(string description) => new("--broker")
    {
        Description = description,
        HelpName = "mqtt://host:port",
        CustomParser = result =>
        {
            if (!BrokerAddress.TryParse(result.Tokens[0].Value, out BrokerAddress? address, out string refusal)) { result.AddError(refusal); }
            return address;
        },
    };

    /// <summary>A site or device: what can stand in a topic.</summary>
    /// <param name="orAddress">site/device is possible, too.</param>
    public static Option<string?> TopicName(string name, string description, bool orAddress = false) => new(name)
    {
        Description = description,
        HelpName = "name",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            string[] names = orAddress ? text.Split('/', 2) : [text];
            if (!names.All(Topics.IsName))
            {
                result.AddError($"Asked for {name} '{text}'; a name is 1 to {Topics.MaxNameLength} of a-z, 0-9 and '-', not beginning with '-'.");
            }

            return text;
        },
    };

    public static Option<string[]> Faults(string description) => new("--fault")
    {
        Description = description,
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <param name="helpName">folder, or a file's usual name.</param>
    public static Option<string?> Path(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;

            // An empty path would mean the working folder, which nobody asked for.
            if (string.IsNullOrWhiteSpace(text)) { result.AddError($"Asked for {name} '{text}'; possible is the path of a {helpName.Split('.')[0]}."); }
            return text;
        },
    };

    private static ulong? Number(ArgumentResult result, string name, ulong min, ulong max)
    {
        string text = result.Tokens[0].Value;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value >= min && value <= max)
        {
            return value;
        }

        result.AddError($"Asked for {name} {text}; possible is a whole number from {min} to {max}.");
        return null;
    }

    private static Option<string?> Completing(this Option<string?> option, IReadOnlyList<string> possible)
    {
        option.CompletionSources.Add([.. possible]);
        return option;
    }

    /// <summary>The whole path of a file that must be there; null where none was given.</summary>
    public static string? Existing(ParseResult parsed, Option<string?> option, CliHost host)
    {
        if (parsed.GetValue(option) is not string asked) { return null; }
        string path = host.FullPath(asked);
        return File.Exists(path) ? path : throw new UserException($"There is no file {path} for {option.Name}.");
    }

    /// <summary>Null where none was given.</summary>
    public static string? HostName(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        { } name when Uri.CheckHostName(name) == UriHostNameType.Unknown =>
            throw new UserException($"Asked {option.Name} for '{name}'; possible is a host name or an address, without scheme and port.", isUsage: true),
        var name => name,
    };
}
