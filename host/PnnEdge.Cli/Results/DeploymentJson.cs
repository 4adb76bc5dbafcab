using System.Text.Encodings.Web;
using System.Text.Json;

namespace PnnEdge.Cli.Results;

/// <summary>nanoff's own files: names as its README writes them (nanoFirmwareFlasher, "Deploy file to device storage" and "Deploy Wireless …").</summary>
internal static class DeploymentJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text<T>(T deployment) => JsonSerializer.Serialize(deployment, Options) + "\n";
}

internal sealed record FileDeployment(string SerialPort, IReadOnlyList<DeployedFile> Files);

internal sealed record DeployedFile(string DestinationFilePath, string SourceFilePath);

internal sealed record NetworkDeployment(string SerialPort, WirelessClient WirelessClient);

/// <param name="ConfigurationOption">AutoConnect: joins by itself at every start. Left out, the board would keep what it had.</param>
internal sealed record WirelessClient(string Ssid, string Password, string ConfigurationOption = "AutoConnect");
