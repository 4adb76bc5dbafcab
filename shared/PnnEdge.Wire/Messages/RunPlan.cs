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

        public void Write(byte[] frame)
        {
            Bytes.PutUInt32(frame, SampleRateAt, SampleRateMilliHertz);
            Bytes.PutUInt16(frame, StimulusWordsAt, StimulusWords);
            Bytes.PutUInt16(frame, MeasurementWordsAt, MeasurementWords);
            Bytes.PutUInt16(frame, MeasurementStartAt, MeasurementStartSample);
            Bytes.PutUInt16(frame, RestSamplesAt, RestSamples);
            Bytes.PutUInt16(frame, ShotsPerBlockAt, ShotsPerBlock);
            frame[WordBytesAt] = WordBytes;
            frame[ByteOrderAt] = LittleEndian;
            frame[StimulusChannelsAt] = (byte)StimulusChannels;
            frame[MeasurementChannelsAt] = (byte)MeasurementChannels;
            Bytes.PutUInt16(frame, ActuatorsAt, Actuators);
            Bytes.PutUInt32(frame, SettleMicrosAt, SettleMicros);
            frame[InterleaveAt] = InterleavedBySample;
            for (int i = 0; i < ReservedBytes; i++)
            {
                frame[ReservedAt + i] = 0;
            }
        }

        public void Read(byte[] frame)
        {
            SampleRateMilliHertz = Bytes.GetUInt32(frame, SampleRateAt);
            StimulusWords = Bytes.GetUInt16(frame, StimulusWordsAt);
            MeasurementWords = Bytes.GetUInt16(frame, MeasurementWordsAt);
            MeasurementStartSample = Bytes.GetUInt16(frame, MeasurementStartAt);
            RestSamples = Bytes.GetUInt16(frame, RestSamplesAt);
            ShotsPerBlock = Bytes.GetUInt16(frame, ShotsPerBlockAt);
            StimulusChannels = frame[StimulusChannelsAt];
            MeasurementChannels = frame[MeasurementChannelsAt];
            Actuators = Bytes.GetUInt16(frame, ActuatorsAt);
            SettleMicros = Bytes.GetUInt32(frame, SettleMicrosAt);
        }

        /// <summary>What can be said without knowing the board: counts that fit together and a word format of protocol 1.</summary>
        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength != PayloadBytes)
            {
                return RefusalReason.WrongLength;
            }

            if (!Bytes.AreZero(frame, ReservedAt, ReservedBytes))
            {
                return RefusalReason.ReservedNotZero;
            }

            bool wordsFit = frame[WordBytesAt] == WordBytes && frame[ByteOrderAt] == LittleEndian && frame[InterleaveAt] == InterleavedBySample;
            return wordsFit && CountsFit(frame) ? RefusalReason.Accepted : RefusalReason.PlanUnsupported;
        }

        private static bool CountsFit(byte[] frame)
        {
            int stimulusChannels = frame[StimulusChannelsAt];
            int measurementChannels = frame[MeasurementChannelsAt];
            int stimulusWords = Bytes.GetUInt16(frame, StimulusWordsAt);
            int measurementWords = Bytes.GetUInt16(frame, MeasurementWordsAt);
            if (Bytes.GetUInt32(frame, SampleRateAt) == 0 || Bytes.GetUInt16(frame, ShotsPerBlockAt) == 0 ||
                stimulusChannels == 0 || measurementChannels == 0 || stimulusWords == 0 || measurementWords == 0 ||
                stimulusWords % stimulusChannels != 0 || measurementWords % measurementChannels != 0)
            {
                return false;
            }

            int lastMeasured = Bytes.GetUInt16(frame, MeasurementStartAt) + (measurementWords / measurementChannels);
            return lastMeasured <= (stimulusWords / stimulusChannels) + Bytes.GetUInt16(frame, RestSamplesAt);
        }
    }
}
