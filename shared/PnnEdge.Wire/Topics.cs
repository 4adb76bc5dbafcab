namespace PnnEdge.Wire
{
    /// <summary>Every MQTT topic of the system is built here: one tree, <c>pnn/5/site/device/…</c>.</summary>
    public static class Topics
    {
        public const string Root = "pnn/5";

        /// <summary>Retained plain text with Homie 5's values; the last will sets it to <see cref="StateLost"/>.</summary>
        public const string StateLeaf = "$state";
        public const string StateInit = "init";
        public const string StateReady = "ready";
        public const string StateDisconnected = "disconnected";
        public const string StateSleeping = "sleeping";
        public const string StateLost = "lost";

        /// <summary>Retained JSON: state, epoch, boot, board, firmware.</summary>
        public const string StatusLeaf = "status";

        /// <summary>Retained JSON: uptime, memory, temperature, counters.</summary>
        public const string HealthLeaf = "health";

        /// <summary>Retained JSON: channels with ranges, limits and rates.</summary>
        public const string LimitsLeaf = "limits";

        /// <summary>Retained JSON: the program that runs on the device and its newest answer.</summary>
        public const string InferenceLeaf = "inference";

        /// <summary>Retained JSON: the device's own last lines.</summary>
        public const string LogLeaf = "log";

        public const int MaxNameLength = 32;

        public static string Device(string site, string device) => Root + "/" + site + "/" + device;

        /// <summary>Binary frames for the device.</summary>
        public static string ToDevice(string site, string device) => Device(site, device) + "/frames/in";

        /// <summary>Binary frames from the device.</summary>
        public static string FromDevice(string site, string device) => Device(site, device) + "/frames/out";

        public static string Leaf(string site, string device, string leaf) => Device(site, device) + "/" + leaf;

        /// <summary>A subscription to one leaf of every device of every site.</summary>
        public static string EveryDevice(string leaf) => Root + "/+/+/" + leaf;

        /// <summary>True for one of the five words that <c>$state</c> may hold; any other text says nothing.</summary>
        public static bool IsStateText(string text) =>
            text == StateInit || text == StateReady || text == StateDisconnected || text == StateSleeping || text == StateLost;

        /// <summary>A site or device name: 1 to 32 of a–z, 0–9 and '-', not beginning with '-'.</summary>
        public static bool IsName(string name)
        {
            if (name == null || name.Length == 0 || name.Length > MaxNameLength || name[0] == '-')
            {
                return false;
            }

            for (int i = 0; i < name.Length; i++)
            {
                char c = name[i];
                if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
