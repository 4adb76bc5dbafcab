using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>
/// Reads a compiled assembly for what neither the C# compiler nor the device's metadata processor complains of.
/// The instructions that the interpreter lacks are those of nanoframework/nf-interpreter, src/CLR/Core/Interpreter.cpp.
/// </summary>
public sealed class NanoIlCheck
{
    private static readonly string[] InstructionsTheInterpreterLacks =
    [
        "arglist", "calli", "ckfinite", "cpblk", "initblk", "jmp", "localloc", "mkrefany", "readonly.", "refanytype", "refanyval",
    ];

    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly NanoAllowList _allowed;
    private readonly NanoAssemblySet _set;
    private readonly List<NanoFinding> _findings = [];
    private readonly Dictionary<EntityHandle, string> _firstUse = [];
    private readonly List<string> _libraryMembers = [];
    private readonly List<string> _libraryTypes = [];

    private NanoIlCheck(PEReader image, NanoAllowList allowed, NanoAssemblySet set)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        _allowed = allowed;
        _set = set;
    }

    /// <summary>All findings, in the order of the metadata; empty when the assembly may go to the device.</summary>
    public static IReadOnlyList<NanoFinding> Findings(Stream assembly, NanoAllowList allowed, NanoAssemblySet set) =>
        Run(assembly, allowed, set)._findings;

    /// <summary>The library's members that the assembly uses, in the allow-list's notation; a type alone where no method of it is used.</summary>
    public static IReadOnlyList<string> LibraryMembersUsed(Stream assembly, NanoAssemblySet set)
    {
        NanoIlCheck check = Run(assembly, new NanoAllowList([]), set);
        return [.. check._libraryMembers.Union(check._libraryTypes)];
    }

    private static NanoIlCheck Run(Stream assembly, NanoAllowList allowed, NanoAssemblySet set)
    {
        using PEReader image = new(assembly, PEStreamOptions.LeaveOpen | PEStreamOptions.PrefetchEntireImage);
        NanoIlCheck check = new(image, allowed, set);
        foreach (TypeDefinitionHandle type in check._metadata.TypeDefinitions)
        {
            check.ReadType(type);
        }

        check.ReadGenericMethodCalls();
        check.ReadLibraryUse();
        return check;
    }

    private void Refuse(NanoRule rule, string where, string what) => _findings.Add(new NanoFinding(rule, where, what));

    private SignatureNames SignatureIn(string where) => new((rule, what) => Refuse(rule, where, what));

    private void ReadType(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        string name = SignatureNames.NameOf(_metadata, type);
        if (type.GetGenericParameters().Count > 0)
        {
            Refuse(NanoRule.GenericDefinition, name, "a generic type");
        }

        foreach (FieldDefinitionHandle field in type.GetFields())
        {
            FieldDefinition definition = _metadata.GetFieldDefinition(field);
            definition.DecodeSignature(SignatureIn($"{name}.{_metadata.GetString(definition.Name)}"), null);
        }

        foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
        {
            ReadTypeUse(_metadata.GetInterfaceImplementation(implementation).Interface, name);
        }

        if (!type.BaseType.IsNil)
        {
            ReadTypeUse(type.BaseType, name);
        }

        foreach (MethodDefinitionHandle method in type.GetMethods())
        {
            ReadMethod(name, type, _metadata.GetMethodDefinition(method));
        }
    }

    private void ReadMethod(string typeName, TypeDefinition type, MethodDefinition method)
    {
        string methodName = _metadata.GetString(method.Name);
        string where = $"{typeName}.{methodName}";
        MethodSignature<string> signature = method.DecodeSignature(SignatureIn(where), null);
        if (method.GetGenericParameters().Count > 0)
        {
            Refuse(NanoRule.GenericDefinition, where, "a generic method");
        }

        if ((type.Attributes & TypeAttributes.Interface) != 0 && (method.Attributes & MethodAttributes.Abstract) == 0)
        {
            Refuse(NanoRule.InterfaceMethodBody, where, "an interface's method with a body");
        }

        if (methodName == "Finalize" && signature.ParameterTypes.Length == 0)
        {
            Refuse(NanoRule.Finalizer, where, "a finalizer, which runs on the collector's thread at a time of its own");
        }

        if (typeName == "<Module>" && methodName == ".cctor")
        {
            Refuse(NanoRule.ModuleInitializer, where, "a module initializer, which the device does not run");
        }

        if (method.RelativeVirtualAddress != 0)
        {
            ReadBody(where, _image.GetMethodBody(method.RelativeVirtualAddress));
        }
    }

    private void ReadBody(string where, MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(SignatureIn(where), null);
        }

        foreach (IlInstruction instruction in IlInstructions.Read(body.GetILReader()))
        {
            string name = instruction.OpCode.Name!;
            EntityHandle operand = instruction.Token == 0 ? default : MetadataTokens.EntityHandle(instruction.Token);
            if (name.Contains(".ovf", StringComparison.Ordinal))
            {
                Refuse(NanoRule.CheckedArithmetic, where, $"{name}, which the device does not check");
            }
            else if (InstructionsTheInterpreterLacks.Contains(name))
            {
                Refuse(NanoRule.UnsupportedInstruction, where, name);
            }
            else if (instruction.SwitchTargets > byte.MaxValue)
            {
                Refuse(NanoRule.LongJumpTable, where, $"a jump table of {instruction.SwitchTargets} cases; the device reads at most {byte.MaxValue}");
            }
            else if (name is "box" or "constrained." && _set.IsEnum(SignatureNames.NameOf(_metadata, operand)))
            {
                Refuse(NanoRule.EnumAsObject, where, $"{SignatureNames.NameOf(_metadata, operand)} becomes an object or text");
            }

            if (!operand.IsNil)
            {
                _firstUse.TryAdd(operand, where);
                ReadTypeUse(operand, where);
            }
        }
    }

    private void ReadTypeUse(EntityHandle type, string where)
    {
        _firstUse.TryAdd(type, where);
        if (type.Kind == HandleKind.TypeSpecification)
        {
            _metadata.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(SignatureIn(where), null);
        }
    }

    private void ReadGenericMethodCalls()
    {
        for (int row = 1; row <= _metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            MethodSpecificationHandle handle = MetadataTokens.MethodSpecificationHandle(row);
            EntityHandle method = _metadata.GetMethodSpecification(handle).Method;
            string name = method.Kind == HandleKind.MethodDefinition
                ? _metadata.GetString(_metadata.GetMethodDefinition((MethodDefinitionHandle)method).Name)
                : _metadata.GetString(_metadata.GetMemberReference((MemberReferenceHandle)method).Name);
            Refuse(NanoRule.GenericMethodCall, UsedIn(handle), $"a call of the generic method {name}");
        }
    }

    private void ReadLibraryUse()
    {
        foreach (MemberReferenceHandle handle in _metadata.MemberReferences)
        {
            // A member of an array type or of a generic type: what its parent or its signature holds is refused by those rules.
            MemberReference member = _metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeSpecification)
            {
                ReadTypeUse(member.Parent, UsedIn(handle));
            }

            string name = MemberNameOf(handle, SignatureIn(UsedIn(handle)));
            if (IsOfLibrary(member.Parent))
            {
                _libraryMembers.Add(name);
                RefuseUnless(_allowed.HasMember(name), handle, name);
            }
        }

        // A type is judged by its methods, and by its name only where none of them is used.
        NanoAllowList used = new(_libraryMembers);
        foreach (TypeReferenceHandle handle in _metadata.TypeReferences.Where(handle => IsOfLibrary(handle)))
        {
            string name = SignatureNames.NameOf(_metadata, handle);
            if (!used.HasType(name))
            {
                _libraryTypes.Add(name);
                RefuseUnless(_allowed.HasType(name), handle, name);
            }
        }
    }

    private void RefuseUnless(bool listed, EntityHandle handle, string name)
    {
        if (!listed)
        {
            Refuse(NanoRule.MemberNotListed, UsedIn(handle), name);
        }
    }

    private string UsedIn(EntityHandle handle) => _firstUse.GetValueOrDefault(handle, "a declaration");

    private bool IsOfLibrary(EntityHandle type)
    {
        if (type.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        EntityHandle scope = _metadata.GetTypeReference((TypeReferenceHandle)type).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsOfLibrary(scope),
            HandleKind.AssemblyReference => !_set.IsOwn(
                _metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)),
            _ => false,
        };
    }

    private string MemberNameOf(MemberReferenceHandle handle, SignatureNames names)
    {
        MemberReference member = _metadata.GetMemberReference(handle);
        string name = $"{SignatureNames.NameOf(_metadata, member.Parent)}.{_metadata.GetString(member.Name)}";
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            member.DecodeFieldSignature(names, null);
            return name;
        }

        return $"{name}({string.Join(", ", member.DecodeMethodSignature(names, null).ParameterTypes)})";
    }
}
