using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Update
{
    /// <summary>An update's first minutes: it confirms itself once it has been connected and without a fault for a while, or its time is over.</summary>
    public sealed class BootTrial
    {
        /// <summary>Without a break.</summary>
        public const int HealthyMillis = 30000;

        /// <summary>Then it is started once more, which counts; a broker that is away for three times as long costs the update.</summary>
        public const int LongestMillis = 600000;

        private const long Never = -1;

        private readonly BootInfo _boot;
        private readonly IStorage _storage;
        private readonly ICrc32 _crc;
        private long _startMillis = Never;
        private long _healthySinceMillis = Never;

        public BootTrial(BootInfo boot, IStorage storage, ICrc32 crc)
        {
            _boot = boot;
            _storage = storage;
            _crc = crc;
        }

        /// <summary>It had its time and did not confirm itself.</summary>
        public bool IsOver { get; private set; }

        public void Serve(long nowMillis, bool isHealthy)
        {
            if (_boot.IsConfirmed)
            {
                return;
            }

            _startMillis = _startMillis == Never ? nowMillis : _startMillis;
            _healthySinceMillis = !isHealthy ? Never : _healthySinceMillis == Never ? nowMillis : _healthySinceMillis;
            if (isHealthy && nowMillis - _healthySinceMillis >= HealthyMillis)
            {
                _boot.IsConfirmed = new BootRecord(_storage, _crc).Confirm(_boot.Slot, _boot.Generation);

                // Flash that did not keep it is not asked again at once.
                _healthySinceMillis = nowMillis;
            }

            IsOver = !_boot.IsConfirmed && nowMillis - _startMillis >= LongestMillis;
        }
    }
}
