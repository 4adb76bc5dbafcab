using System.Text;
using PnnEdge.Cli.Results;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.Wire.Host;

namespace PnnEdge.Cli.Composition;

/// <summary>What a board needs to know before its first connection; the file <c>pnn.txt</c> on its flash drive (firmware/README.md).</summary>
internal sealed record BoardSetup(string Board, string Site, string Device, uint Serial, string Broker, int Port, bool Tls, string? Sntp = null)
{
    public string Text => FormattableString.Invariant(
        $"board={Board}\nsite={Site}\ndevice={Device}\nserial={Serial}\nbroker={Broker}\nport={Port}\ntls={(Tls ? "yes" : "no")}\n{(Sntp is null ? "" : $"sntp={Sntp}\n")}");
}

/// <summary>A board's files and network, as nanoff puts them there: in a folder of its own that is gone afterwards, for there are secrets in it.</summary>
internal sealed class BoardFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pnn-board-").FullName;
    private readonly string _port;
    private readonly List<DeployedFile> _files = [];

    public BoardFiles(string port) => _port = port;

    /// <summary>For <c>nanoff --filedeployment</c>.</summary>
    public string FilesJson => Path.Combine(_folder, "files.json");

    /// <summary>For <c>nanoff --networkdeployment</c>; null while no network was given.</summary>
    public string? NetworkJson { get; private set; }

    public void Add(BoardSetup setup)
    {
        string file = Path.Combine(_folder, "pnn.txt");
        File.WriteAllText(file, setup.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        AddFile("pnn.txt", file);
    }

    /// <summary>The record that programs are checked by, as the firmware's own code writes it.</summary>
    public void AddKey(byte[] key)
    {
        string storage = Path.Combine(_folder, "storage");
        if (!DeviceKey.Provision(new FolderStorage(storage), new HostCrc32(), key)) { throw new IOException($"The key cannot be written to {storage}."); }
        AddFile(DeviceKey.Name, Path.Combine(storage, DeviceKey.Name));
    }

    /// <param name="name">On the board.</param> <param name="source">Here.</param>
    public void AddFile(string name, string source) => _files.Add(new DeployedFile($"I:\\{name}", source));

    public void AddNetwork(string ssid, string password)
    {
        NetworkJson = Path.Combine(_folder, "network.json");
        File.WriteAllText(NetworkJson, DeploymentJson.Text(new NetworkDeployment(_port, new WirelessClient(ssid, password))));
    }

    public void Close() => File.WriteAllText(FilesJson, DeploymentJson.Text(new FileDeployment(_port, _files)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
