using System.Reflection;

namespace System
{
    // CoreLibrary 1.17.11: System/Attribute.cs
    public abstract class Attribute
    {
        protected Attribute()
        {
        }
    }

    // CoreLibrary 1.17.11: System/AttributeTargets.cs
    [Flags]
    public enum AttributeTargets
    {
        Assembly = 0x0001,
        Module = 0x0002,
        Class = 0x0004,
        Struct = 0x0008,
        Enum = 0x0010,
        Constructor = 0x0020,
        Method = 0x0040,
        Property = 0x0080,
        Field = 0x0100,
        Event = 0x0200,
        Interface = 0x0400,
        Parameter = 0x0800,
        Delegate = 0x1000,
        ReturnValue = 0x2000,
        All = Assembly | Module | Class | Struct | Enum | Constructor | Method | Property | Field | Event | Interface | Parameter
            | Delegate | ReturnValue,
    }

    // CoreLibrary 1.17.11: System/AttributeUsageAttribute.cs
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class AttributeUsageAttribute : Attribute
    {
        public AttributeUsageAttribute(AttributeTargets validOn) => throw null;

        public AttributeTargets ValidOn => throw null;

        public bool AllowMultiple
        {
            get => throw null;
            set => throw null;
        }

        public bool Inherited
        {
            get => throw null;
            set => throw null;
        }
    }

    // CoreLibrary 1.17.11: System/FlagsAttribute.cs
    [AttributeUsage(AttributeTargets.Enum)]
    public class FlagsAttribute : Attribute
    {
    }

    // CoreLibrary 1.17.11: System/ObsoleteAttribute.cs
    [AttributeUsage(
        AttributeTargets.Class | AttributeTargets.Constructor | AttributeTargets.Delegate | AttributeTargets.Enum | AttributeTargets.Event
            | AttributeTargets.Field | AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Property
            | AttributeTargets.Struct,
        Inherited = false)]
    public sealed class ObsoleteAttribute : Attribute
    {
        public ObsoleteAttribute() => throw null;

        public ObsoleteAttribute(string message) => throw null;

        public ObsoleteAttribute(string message, bool error) => throw null;
    }

    // CoreLibrary 1.17.11: System/ParamArrayAttribute.cs
    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class ParamArrayAttribute : Attribute
    {
        public ParamArrayAttribute() => throw null;
    }
}

namespace System.Diagnostics
{
    // CoreLibrary 1.17.11: System/Diagnostics/ConditionalAttribute.cs
    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public sealed class ConditionalAttribute : Attribute
    {
        public ConditionalAttribute(string conditionString) => throw null;
    }

    // CoreLibrary 1.17.11: System/Diagnostics/DebuggerAttributes.cs
    [AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Module)]
    public sealed class DebuggableAttribute : Attribute
    {
        public DebuggableAttribute(bool isJITTrackingEnabled, bool isJITOptimizerDisabled) => throw null;

        public DebuggableAttribute(DebuggingModes modes) => throw null;

        [Flags]
        public enum DebuggingModes
        {
            None = 0x0,
            Default = 0x1,
            DisableOptimizations = 0x100,
            IgnoreSymbolStoreSequencePoints = 0x2,
            EnableEditAndContinue = 0x4,
        }
    }

    // CoreLibrary 1.17.11: System/Diagnostics/DebuggerAttributes.cs
    public enum DebuggerBrowsableState
    {
        Never = 0,
        Collapsed = 2,
        RootHidden = 3,
    }

    // CoreLibrary 1.17.11: System/Diagnostics/DebuggerAttributes.cs
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
    public sealed class DebuggerBrowsableAttribute : Attribute
    {
        public DebuggerBrowsableAttribute(DebuggerBrowsableState state) => throw null;
    }
}

namespace System.Reflection
{
    // CoreLibrary 1.17.11: System/Reflection/DefaultMemberAttribute.cs
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
    public sealed class DefaultMemberAttribute : Attribute
    {
        public DefaultMemberAttribute(string memberName) => throw null;
    }
}

namespace System.Runtime.CompilerServices
{
    // CoreLibrary 1.17.11: System/Runtime/CompilerServices/ExtensionAttribute.cs
    [AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
    public sealed class ExtensionAttribute : Attribute
    {
    }

    // CoreLibrary 1.17.11: System/Runtime/CompilerServices/IndexerNameAttribute.cs
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class IndexerNameAttribute : Attribute
    {
        public IndexerNameAttribute(string indexerName) => throw null;
    }

    // CoreLibrary 1.17.11: System/Runtime/CompilerServices/InternalsVisibleToAttribute.cs
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    public sealed class InternalsVisibleToAttribute : Attribute
    {
        public InternalsVisibleToAttribute(string assemblyName) => throw null;
    }

    // CoreLibrary 1.17.11: System/Runtime/CompilerServices/IsExternalInit.cs
    public static class IsExternalInit
    {
    }

    // CoreLibrary 1.17.11: System/Runtime/CompilerServices/RuntimeFeature.cs. It promises what the interpreter does not keep.
    public static class RuntimeFeature
    {
        public const string DefaultImplementationsOfInterfaces = nameof(DefaultImplementationsOfInterfaces);
    }

    // CoreLibrary 1.17.11: System/Runtime/CompilerServices/RuntimeHelpers.cs
    public static class RuntimeHelpers
    {
        public static void InitializeArray(Array array, RuntimeFieldHandle fldHandle) => throw null;
    }
}

namespace System.Runtime.Versioning
{
    // CoreLibrary 1.17.11: System/TargetFrameworkAttribute.cs
    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class TargetFrameworkAttribute : Attribute
    {
        public TargetFrameworkAttribute(string frameworkName) => throw null;

        public string FrameworkDisplayName
        {
            get => throw null;
            set => throw null;
        }
    }
}
