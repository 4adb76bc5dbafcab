using System;
using System.Reflection;
using nanoFramework.Hardware.Esp32;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>
    /// Assemblies of a package into the interpreter. It checks their CRCs, keeps each array for good, finds their references by name and version among what is
    /// flashed, and runs their static constructors before it comes back; an assembly of the same name that was flashed is neither replaced nor in the way.
    /// </summary>
    public static class PackageLoader
    {
        /// <summary>Two of them, and never a third while one is written, beside settings and certificates in the 256 KiB of a module's flash drive.</summary>
        private const int LongestBytes = 96 * 1024;

        /// <summary>Of the package's last assembly; the loader and all packages agree on it.</summary>
        private const string EntryType = "PnnEdge.Firmware.Esp32.Application";
        private const string EntryMethod = "Start";

        /// <summary>0 on a module without PSRAM: what is loaded lies in the managed heap, some 70 KiB of it, and there would not be enough left to run in.</summary>
        public static int LongestPackageBytes()
        {
            uint total;
            uint free;
            uint largest;
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.SpiRam, out total, out free, out largest);
            return total == 0 ? 0 : LongestBytes;
        }

        /// <exception cref="Exception">The interpreter did not take an assembly, or there is nothing to start in the last one.</exception>
        public static MethodInfo Load(FirmwareLayout package)
        {
            Assembly last = null;
            for (int i = 0; i < package.Assemblies; i++)
            {
                last = Assembly.Load(package.Assembly(i));
            }

            Type type = last.GetType(EntryType);
            MethodInfo start = type == null ? null : type.GetMethod(EntryMethod);
            if (start == null)
            {
                throw new ArgumentException("The package has no " + EntryType + "." + EntryMethod + ".");
            }

            return start;
        }
    }
}
