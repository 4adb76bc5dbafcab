using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core
{
    /// <summary>What one board is and allows, as data: told to the host in hello, and obeyed here.</summary>
    public sealed class Board
    {
        public string Name = string.Empty;
        public string FirmwareVersion = string.Empty;
        public uint UnitSerial;
        public bool Simulated;
        public ChannelRecord[] Channels = new ChannelRecord[0];

        /// <summary>Longest frame taken in or sent, bytes.</summary>
        public int MaxFrameBytes;

        /// <summary>Memory set aside at start for answered frames, bytes; with <see cref="MaxFrameBytes"/> it fixes the window.</summary>
        public int FrameMemoryBytes;
        public int ParameterSets;

        /// <summary>Longest program that may be deployed, bytes; so much is set aside at start. 0: this board takes none.</summary>
        public int ProgramBytes;

        /// <summary>What a loaded program may take beside that, bytes.</summary>
        public int ProgramMemoryBytes;

        /// <summary>Longest firmware package that is taken, bytes; set aside with its first piece. 0: this board takes none.</summary>
        public int UpdateBytes;

        /// <summary>How many answers to the local input are kept while nobody is there to take them.</summary>
        public int KeptResults;

        /// <summary>A block may not occupy the converters longer, ms. Leases are at least four times this long.</summary>
        public int LongestTransferMillis;
        public int MaxLeaseMillis;

        /// <summary>The loop must come round within this, ms; longer than the longest transfer.</summary>
        public int LoopWatchdogMillis;
        public int HeartbeatMillis;
        public uint RateJitterNanos;

        /// <summary>What was measured may stand up to so many samples late, differently from block to block; 0 where outputs and inputs have one clock and start together.</summary>
        public int LagSamples;

        /// <summary>Above this the board goes to Fault, m°C.</summary>
        public int MaxTemperatureMilliCelsius;

        /// <summary>
        /// How many answered frames are kept, and so how many a host may have in flight: what <see cref="FrameMemoryBytes"/>, set aside
        /// at start, holds in frames of <see cref="MaxFrameBytes"/>, 64 at most.
        /// </summary>
        public int Window()
        {
            int frames = FrameMemoryBytes / MaxFrameBytes;
            return frames < 1 ? 1 : frames > MaxWindow ? MaxWindow : frames;
        }

        public int MinLeaseMillis() => 4 * LongestTransferMillis;

        /// <summary>How many values channels of one role have together: a bank has as many as it has channels.</summary>
        public int Count(ChannelRole role)
        {
            int count = 0;
            for (int i = 0; i < Channels.Length; i++)
            {
                count += Channels[i].Role == role ? Channels[i].Count : 0;
            }

            return count;
        }

        /// <summary>True when the words of every stimulus and every measurement channel are coded so.</summary>
        public bool Speaks(ChannelCoding coding)
        {
            for (int i = 0; i < Channels.Length; i++)
            {
                if (Channels[i].Role != ChannelRole.Actuator && Channels[i].Coding != coding)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>How many channels of a role are an end of the reference wire.</summary>
        public int References(ChannelRole role)
        {
            int count = 0;
            for (int i = 0; i < Channels.Length; i++)
            {
                count += Channels[i].Role == role && Channels[i].Purpose == ChannelPurpose.Reference ? 1 : 0;
            }

            return count;
        }

        /// <summary>The records of one role, in the board's order; one of them may stand for a bank.</summary>
        public ChannelRecord[] OfRole(ChannelRole role)
        {
            int records = 0;
            for (int i = 0; i < Channels.Length; i++)
            {
                records += Channels[i].Role == role ? 1 : 0;
            }

            ChannelRecord[] chosen = new ChannelRecord[records];
            int at = 0;
            for (int i = 0; i < Channels.Length; i++)
            {
                if (Channels[i].Role == role)
                {
                    chosen[at++] = Channels[i];
                }
            }

            return chosen;
        }

        private const int MaxWindow = 64;
    }
}
