console.log("byot: building (a few seconds the first time)");
