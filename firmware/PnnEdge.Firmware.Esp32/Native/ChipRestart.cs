using System.Threading;
using nanoFramework.Runtime.Native;
using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    public sealed class ChipRestart : IRestart
    {
        /// <summary>Does not come back: the interpreter ends at its next look round.</summary>
        public void Restart()
        {
            Power.RebootDevice();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
