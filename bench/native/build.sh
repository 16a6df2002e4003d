#!/bin/sh
# Builds the measured C programs with every compiler at hand into build/, and prints the name of each one built.
# Hyperscan's only where its library is installed. Builds nothing, and says nothing, where there is no compiler.
set -e
cd "$(dirname "$0")"
mkdir -p build
flags="-O3 -march=native -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror"
for compiler in gcc clang; do
  command -v "$compiler" > /dev/null || continue
  "$compiler" $flags -o "build/kernel-$compiler" kernel.c fold.c match.c model.c -lm
  echo "kernel-$compiler"
done
for compiler in gcc clang; do
  command -v "$compiler" > /dev/null || continue
  echo '#include <hs/hs.h>' | "$compiler" -E - > /dev/null 2>&1 || continue
  "$compiler" $flags -o build/hyperscan hyperscan.c -lhs -lstdc++ -lm
  echo hyperscan
  break
done
