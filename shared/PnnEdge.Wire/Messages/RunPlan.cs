using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>How every shot of a run is played and sampled.</summary>
    public sealed class RunPlan
    {
        public const int SampleRateAt = FrameHeader.Bytes + 0;
        public const int StimulusWordsAt = FrameHeader.Bytes + 4;
        public const int MeasurementWordsAt = FrameHeader.Bytes + 6;
        public const int MeasurementStartAt = FrameHeader.Bytes + 8;
        public const int RestSamplesAt = FrameHeader.Bytes + 10;
        public const int ShotsPerBlockAt = FrameHeader.Bytes + 12;
        public const int WordBytesAt = FrameHeader.Bytes + 14;
        public const int ByteOrderAt = FrameHeader.Bytes + 15;
        public const int StimulusChannelsAt = FrameHeader.Bytes + 16;
        public const int MeasurementChannelsAt = FrameHeader.Bytes + 17;
        public const int ActuatorsAt = FrameHeader.Bytes + 18;
        public const int SettleMicrosAt = FrameHeader.Bytes + 20;
        public const int InterleaveAt = FrameHeader.Bytes + 24;
        public const int ReservedAt = FrameHeader.Bytes + 25;
        public const int PayloadBytes = 28;

        /// <summary>The only word format of protocol 1: 16 bits, low byte first, channels interleaved sample by sample.</summary>
        public const byte WordBytes = 2;
        public const byte LittleEndian = 0;
        public const byte InterleavedBySample = 0;
        private const int ReservedBytes = 3;

        /// <summary>mHz; 4.29 MHz at most.</summary>
        public uint SampleRateMilliHertz;

        /// <summary>Words per shot: samples × stimulus channels.</summary>
        public int StimulusWords;

        /// <summary>Words per shot: samples × measurement channels.</summary>
        public int MeasurementWords;

        /// <summary>The first measured sample, counted from the first played one.</summary>
        public int MeasurementStartSample;

        /// <summary>Samples at the rest code after each shot, so that the next one starts at rest.</summary>
        public int RestSamples;
        public int ShotsPerBlock;
        public int StimulusChannels;
        public int MeasurementChannels;

        /// <summary>Values of a parameter set: those of all actuator banks together.</summary>
        public int Actuators;

        /// <summary>Waiting time after an actuator moved, µs.</summary>
        public uint SettleMicros;

        /// <summary>Time a block of shots occupies the converters, µs, rounded up; 64 bits hold words × shots × 10⁹.</summary>
        public long BlockMicros(int shots) =>
            ((((long)(StimulusWords / StimulusChannels) + RestSamples) * shots * 1000000000L) + SampleRateMilliHertz - 1) / SampleRateMilliHertz;

        public void Write(byte[] frame) => WriteAt(frame, FrameHeader.Bytes);

        public void Read(byte[] frame) => ReadAt(frame, FrameHeader.Bytes);

        /// <summary>What can be said without knowing the board: counts that fit together and a word format of protocol 1.</summary>
        public static RefusalReason Check(byte[] frame, int payloadLength) =>
            payloadLength == PayloadBytes ? CheckAt(frame, FrameHeader.Bytes) : RefusalReason.WrongLength;

        /// <param name="at">Of the plan's first byte: a program holds one, too.</param>
        public void WriteAt(byte[] frame, int at)
        {
            at -= FrameHeader.Bytes;
            Bytes.PutUInt32(frame, at + SampleRateAt, SampleRateMilliHertz);
            Bytes.PutUInt16(frame, at + StimulusWordsAt, StimulusWords);
            Bytes.PutUInt16(frame, at + MeasurementWordsAt, MeasurementWords);
            Bytes.PutUInt16(frame, at + MeasurementStartAt, MeasurementStartSample);
            Bytes.PutUInt16(frame, at + RestSamplesAt, RestSamples);
            Bytes.PutUInt16(frame, at + ShotsPerBlockAt, ShotsPerBlock);
            frame[at + WordBytesAt] = WordBytes;
            frame[at + ByteOrderAt] = LittleEndian;
            frame[at + StimulusChannelsAt] = (byte)StimulusChannels;
            frame[at + MeasurementChannelsAt] = (byte)MeasurementChannels;
            Bytes.PutUInt16(frame, at + ActuatorsAt, Actuators);
            Bytes.PutUInt32(frame, at + SettleMicrosAt, SettleMicros);
            frame[at + InterleaveAt] = InterleavedBySample;
            for (int i = 0; i < ReservedBytes; i++)
            {
                frame[at + ReservedAt + i] = 0;
            }
        }

        /// <inheritdoc cref="WriteAt"/>
        public void ReadAt(byte[] frame, int at)
        {
            at -= FrameHeader.Bytes;
            SampleRateMilliHertz = Bytes.GetUInt32(frame, at + SampleRateAt);
            StimulusWords = Bytes.GetUInt16(frame, at + StimulusWordsAt);
            MeasurementWords = Bytes.GetUInt16(frame, at + MeasurementWordsAt);
            MeasurementStartSample = Bytes.GetUInt16(frame, at + MeasurementStartAt);
            RestSamples = Bytes.GetUInt16(frame, at + RestSamplesAt);
            ShotsPerBlock = Bytes.GetUInt16(frame, at + ShotsPerBlockAt);
            StimulusChannels = frame[at + StimulusChannelsAt];
            MeasurementChannels = frame[at + MeasurementChannelsAt];
            Actuators = Bytes.GetUInt16(frame, at + ActuatorsAt);
            SettleMicros = Bytes.GetUInt32(frame, at + SettleMicrosAt);
        }

        /// <inheritdoc cref="WriteAt"/>
        public static RefusalReason CheckAt(byte[] frame, int at)
        {
            at -= FrameHeader.Bytes;
            if (!Bytes.AreZero(frame, at + ReservedAt, ReservedBytes))
            {
                return RefusalReason.ReservedNotZero;
            }

            bool wordsFit = frame[at + WordBytesAt] == WordBytes && frame[at + ByteOrderAt] == LittleEndian && frame[at + InterleaveAt] == InterleavedBySample;
            return wordsFit && CountsFit(frame, at) ? RefusalReason.Accepted : RefusalReason.PlanUnsupported;
        }

        private static bool CountsFit(byte[] frame, int at)
        {
            int stimulusChannels = frame[at + StimulusChannelsAt];
            int measurementChannels = frame[at + MeasurementChannelsAt];
            int stimulusWords = Bytes.GetUInt16(frame, at + StimulusWordsAt);
            int measurementWords = Bytes.GetUInt16(frame, at + MeasurementWordsAt);
            if (Bytes.GetUInt32(frame, at + SampleRateAt) == 0 || Bytes.GetUInt16(frame, at + ShotsPerBlockAt) == 0 ||
                stimulusChannels == 0 || measurementChannels == 0 || stimulusWords == 0 || measurementWords == 0 ||
                stimulusWords % stimulusChannels != 0 || measurementWords % measurementChannels != 0)
            {
                return false;
            }

            int lastMeasured = Bytes.GetUInt16(frame, at + MeasurementStartAt) + (measurementWords / measurementChannels);
            return lastMeasured <= (stimulusWords / stimulusChannels) + Bytes.GetUInt16(frame, at + RestSamplesAt);
        }
    }
}
