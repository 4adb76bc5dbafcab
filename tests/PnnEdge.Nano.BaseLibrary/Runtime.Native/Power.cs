namespace nanoFramework.Runtime.Native
{
    // Runtime.Native 1.7.11: nanoFramework.Runtime.Native/RebootOption.cs
    public enum RebootOption
    {
        NormalReboot = 0,
        EnterNanoBooter = 1,
        ClrOnly = 2,
        EnterProprietaryBooter = 8,
    }

    // Runtime.Native 1.7.11: nanoFramework.Runtime.Native/Power.cs
    public class Power
    {
        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => throw null;
    }
}
