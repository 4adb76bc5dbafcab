using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>The few retained texts a person reads with mosquitto_sub. Rare and small; volts as whole millivolts.</summary>
    public sealed class SlowPlane
    {
        /// <summary>A text of all lines that are kept has up to 1.2 KB: more often it would crowd out frames.</summary>
        private const int BetweenLogsMillis = 1000;

        private readonly Board _board;
        private readonly IMessageLink _link;
        private readonly DeviceStatus _status;
        private readonly KeptCount _epochs;
        private readonly RefusalCounters _counters;
        private readonly IBoardHealth _health;
        private readonly BootInfo _boot;
        private readonly DeviceLog _log;
        private uint _publishedLine;
        private long _nextLogMillis;
        private LinkState _publishedState = LinkState.Unlisted;
        private uint _publishedEpoch;
        private bool _hasPublishedAll;
        private uint _publishedLoads;
        private ulong _publishedAnswers;

        public SlowPlane(
            Board board, IMessageLink link, DeviceStatus status, KeptCount epochs, RefusalCounters counters, IBoardHealth health, BootInfo boot, DeviceLog log)
        {
            _board = board;
            _link = link;
            _status = status;
            _epochs = epochs;
            _counters = counters;
            _health = health;
            _boot = boot;
            _log = log;
        }

        /// <summary>Everything a newcomer should find, after every connection; what the link did not take comes with the next health.</summary>
        public void PublishAll()
        {
            _publishedState = LinkState.Unlisted;
            PublishStatusWhenChanged();
            _hasPublishedAll = _link.Publish(Topics.LimitsLeaf, Limits()) && _link.Publish(Topics.StateLeaf, Topics.StateReady);
        }

        /// <summary>The firmware has confirmed itself: nothing else of the status would tell.</summary>
        public void TellStatusAgain() => _publishedState = LinkState.Unlisted;

        /// <summary>Armed and Running alternate with every block: only the other changes are news.</summary>
        public void PublishStatusWhenChanged()
        {
            LinkState shown = _status.State == LinkState.Running ? LinkState.Armed : _status.State;
            if (shown == _publishedState && _publishedEpoch == _epochs.Newest)
            {
                return;
            }

            if (_link.Publish(Topics.StatusLeaf, Status(shown)))
            {
                _publishedState = shown;
                _publishedEpoch = _epochs.Newest;
            }
        }

        public void PublishHealth(long nowMillis)
        {
            _link.Publish(Topics.HealthLeaf, Health(nowMillis));
            if (!_hasPublishedAll)
            {
                PublishAll();
            }
        }

        /// <summary>The device's own last lines; at most one text a second, however many were written.</summary>
        public void PublishLogWhenChanged(long nowMillis)
        {
            if (nowMillis < _nextLogMillis)
            {
                return;
            }

            _nextLogMillis = nowMillis + BetweenLogsMillis;
            uint newest;
            if (_log.Newest == _publishedLine)
            {
                return;
            }

            if (_link.Publish(Topics.LogLeaf, _log.Text(_status.BootId, out newest)))
            {
                _publishedLine = newest;
            }
        }

        /// <summary>The program and its newest answer; at the heartbeat's pace, for people.</summary>
        /// <param name="inference">Null on a board that takes no program: then there is nothing to tell.</param>
        public void PublishInferenceWhenChanged(InferencePlane inference)
        {
            if (inference == null || inference.Program == null ||
                (inference.Loads == _publishedLoads && inference.Answers == _publishedAnswers))
            {
                return;
            }

            if (_link.Publish(Topics.InferenceLeaf, InferenceText.Of(inference)))
            {
                _publishedLoads = inference.Loads;
                _publishedAnswers = inference.Answers;
            }
        }

        public static string StateName(LinkState state)
        {
            switch (state)
            {
                case LinkState.Safe: return "safe";
                case LinkState.Idle: return "idle";
                case LinkState.Armed: return "armed";
                case LinkState.Running: return "running";
                case LinkState.Fault: return "fault";
                default: return "unlisted";
            }
        }

        private string Status(LinkState shown)
        {
            string text = "{\"state\":\"" + StateName(shown) + "\",\"epoch\":" + _epochs.Newest.ToString() +
                ",\"bootId\":" + _status.BootId.ToString() + ",\"board\":\"" + JsonText.Quoted(_board.Name) + "\",\"firmware\":\"" + JsonText.Quoted(_board.FirmwareVersion) +
                "\",\"serial\":" + _board.UnitSerial.ToString() + ",\"simulated\":" + (_board.Simulated ? "true" : "false") +
                ",\"protocol\":" + Protocol.Version.ToString() +
                ",\"bootSlot\":\"" + SlotName(_boot.Slot) + "\",\"confirmed\":" + (_boot.IsConfirmed ? "true" : "false") +
                ",\"safeMode\":" + (_boot.State == BootState.SafeMode ? "true" : "false") + ",\"updateGivenUp\":" + (_boot.HasGivenUp ? "true" : "false");
            if (_status.Fault != null)
            {
                text += ",\"fault\":{\"code\":" + ((int)_status.Fault.Code).ToString() + ",\"text\":\"" + JsonText.Quoted(_status.Fault.Text) + "\"}";
            }

            return text + "}";
        }

        private string Health(long nowMillis)
        {
            int temperature = _health.TemperatureMilliCelsius();
            uint native = _health.FreeNativeMemoryBytes();
            string text = "{\"uptimeMillis\":" + nowMillis.ToString() + ",\"freeMemoryBytes\":" + _health.FreeMemoryBytes().ToString() +
                (native == 0 ? string.Empty : ",\"freeNativeMemoryBytes\":" + native.ToString()) +
                ",\"temperatureMilliCelsius\":" + (temperature == Heartbeat.NoTemperature ? "null" : temperature.ToString()) +
                ",\"blocksPlayed\":" + _counters.BlocksPlayed.ToString() + ",\"shotsPlayed\":" + _counters.ShotsPlayed.ToString() +
                ",\"repeatsAnswered\":" + _counters.RepeatsAnswered.ToString() + ",\"refusals\":{";
            bool first = true;
            for (int i = 1; i < RefusalReasons.Count; i++)
            {
                if (_counters.ByReason[i] != 0)
                {
                    text += (first ? "\"" : ",\"") + i.ToString() + "\":" + _counters.ByReason[i].ToString();
                    first = false;
                }
            }

            return text + "}}";
        }

        private string Limits()
        {
            string text = "{\"channels\":[";
            for (int i = 0; i < _board.Channels.Length; i++)
            {
                ChannelRecord c = _board.Channels[i];
                text += (i == 0 ? "{\"name\":\"" : ",{\"name\":\"") + JsonText.Quoted(c.Name) + "\",\"role\":\"" + RoleName(c.Role) +
                    "\",\"count\":" + c.Count.ToString() + ",\"bits\":" + c.Bits.ToString() + ",\"rangeMilliVolts\":[" + Milli(c.MinVolts) + "," + Milli(c.MaxVolts) + "],\"limitMilliVolts\":[" +
                    Milli(c.LimitMinVolts) + "," + Milli(c.LimitMaxVolts) + "],\"maxStepMilliVolts\":" + Milli(c.MaxStepVolts) +
                    ",\"safeMilliVolts\":" + Milli(c.SafeVolts) + ",\"maxRateMilliHertz\":" + c.MaxRateMilliHertz.ToString() +
                    ",\"guard\":\"" + (c.Guard == LimitGuard.PerWord ? "per-word" : "span") + "\"}";
            }

            return text + "],\"window\":" + _board.Window().ToString() + ",\"maxFrameBytes\":" + _board.MaxFrameBytes.ToString() +
                ",\"programBytes\":" + _board.ProgramBytes.ToString() + ",\"updateBytes\":" + _board.UpdateBytes.ToString() + ",\"maxLeaseMillis\":" + _board.MaxLeaseMillis.ToString() + ",\"longestTransferMillis\":" +
                _board.LongestTransferMillis.ToString() + ",\"lagSamples\":" + _board.LagSamples.ToString() + "}";
        }

        private static string SlotName(int slot) => slot == BootInfo.FactorySlot ? "factory" : slot == 0 ? "a" : "b";

        private static string RoleName(ChannelRole role)
        {
            switch (role)
            {
                case ChannelRole.Stimulus: return "stimulus";
                case ChannelRole.Measurement: return "measurement";
                default: return "actuator";
            }
        }

        private static string Milli(float volts) => ((int)((volts * 1000f) + (volts < 0f ? -0.5f : 0.5f))).ToString();
    }
}
