namespace PnnEdge.Firmware.Core.Ports
{
    /// <summary>One output that is set word by word.</summary>
    public interface IWordOutput
    {
        /// <summary>False when the converter did not take the code or, where it can be read, did not keep it.</summary>
        bool Write(int code);
    }
}
