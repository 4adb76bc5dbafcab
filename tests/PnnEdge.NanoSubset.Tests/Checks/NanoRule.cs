namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>What compiles for nanoFramework 1.x and yet crashes, hangs, throws or means something else on the chip.</summary>
public enum NanoRule
{
    GenericDefinition,
    GenericInstantiation,
    GenericMethodCall,
    MultidimensionalArray,
    InterfaceMethodBody,
    MemberNotListed,
    Finalizer,

    /// <summary>The device computes it unchecked.</summary>
    CheckedArithmetic,

    /// <summary>An enum that becomes text or an object gives its number on the device, its name on the host.</summary>
    EnumAsObject,

    /// <summary>The interpreter answers with an exception at run time.</summary>
    UnsupportedInstruction,

    /// <summary>A jump table's length is one byte on the device.</summary>
    LongJumpTable,
    UnmanagedPointer,

    /// <summary>A required modifier (such as that of an <c>in</c> parameter) is dropped from the device's signatures.</summary>
    TypeModifier,
    ModuleInitializer,

    /// <summary>The device does not check the type of an element that is stored into an array.</summary>
    ArrayCovariance,
}

/// <param name="Where">Member in which it was found.</param>
public sealed record NanoFinding(NanoRule Rule, string Where, string What)
{
    public override string ToString() => $"{Rule} in {Where}: {What}";
}
